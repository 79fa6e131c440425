"""What was sent, what was told to us, and who did what: lists to read, with "send again" and "try again"."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from events.admin import rights
from network_site.base.models import AuditEntry
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Deed, Guarded, crumb
from network_site.editing.desk.trail import told
from network_site.mail.models import OutgoingMail
from network_site.mail.outbox import resend
from network_site.payments.models import WebhookEvent
from network_site.payments.webhooks import process
from network_site.people.models import User


class ReadOnlyIndex(Guarded, generic.IndexView):
    """A list of rows nobody edits."""

    any_permission_required = ["view"]
    paginate_by = 50
    table_classname = "listing desk-table"


class MailFilters(WagtailFilterSet):
    """By what became of the letter."""

    status = django_filters.MultipleChoiceFilter(choices=OutgoingMail.Status.choices, label=gettext_lazy("State"))

    class Meta:
        model = OutgoingMail
        fields = ["status"]


class MailIndex(ReadOnlyIndex):
    """Every letter the house promised to send."""

    needs = (rights.SEE_MAIL,)
    model = OutgoingMail
    page_title = gettext_lazy("Outbox")
    header_icon = "mail"
    index_url_name = "outbox:index"
    index_results_url_name = "outbox:index_results"
    filterset_class = MailFilters
    search_fields = ["to", "kind", "dedupe_key"]

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("to", label=_("To"), url_name="outbox:letter"),
            Column("kind", label=_("Letter")),
            StatusTagColumn("get_status_display", label=_("State"), primary=is_wanting),
            DateColumn("queued_at", label=_("Promised")),
            DateColumn("sent_at", label=_("Sent")),
            Column("error", label=_("What went wrong")),
        ]


def is_wanting(mail: OutgoingMail) -> bool:
    """Whether a person should look at this letter."""
    return mail.status in {OutgoingMail.Status.FAILED, OutgoingMail.Status.UNKNOWN}


class Letter(Deed):
    """One letter: its facts, and sending it again."""

    needs = (rights.SEE_MAIL,)
    needs_to_post = (rights.SEND_MAIL,)
    template_name = "events/admin/letter.html"
    page_title = gettext_lazy("Letter")
    header_icon = "mail"
    yes = gettext_lazy("Send it again")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.mail = get_object_or_404(OutgoingMail, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.mail.to

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Outbox"), "outbox:index"), crumb(self.mail.to)]

    def do(self, form: Any) -> str:
        by: User = self.request.user  # type: ignore[assignment]
        resend(self.mail, by=by, now=timezone.now())
        return _("The letter is on its way to %(to)s again.") % {"to": self.mail.to}

    def back(self) -> str:
        return reverse("outbox:letter", args=[self.mail.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "mail": self.mail, "may_send": self.may(rights.SEND_MAIL)}


class TrailFilters(WagtailFilterSet):
    """By who did it."""

    by = django_filters.ModelChoiceFilter(
        queryset=lambda _request: get_user_model()._default_manager.filter(is_active=True), label=gettext_lazy("Who")
    )

    class Meta:
        model = AuditEntry
        fields = ["by"]


class TrailIndex(ReadOnlyIndex):
    """Who did what."""

    needs = (rights.SEE_TRAIL,)
    model = AuditEntry
    page_title = gettext_lazy("Audit trail")
    header_icon = "history"
    index_url_name = "trail:index"
    index_results_url_name = "trail:index_results"
    filterset_class = TrailFilters
    search_fields = ["subject", "verb"]

    @cached_property
    def columns(self) -> list[Any]:
        return [
            DateColumn("at", label=_("When")),
            UserColumn("by", label=_("Who"), blank_display_name=_("the house itself")),
            Column("verb", label=_("Did what")),
            Column("subject", label=_("To what")),
            Column("data", label=_("More"), accessor=told),
        ]

    def get_base_queryset(self) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.select_related("by__wagtail_userprofile")


class MessageFilters(WagtailFilterSet):
    """By what became of the message."""

    status = django_filters.MultipleChoiceFilter(choices=WebhookEvent.Status.choices, label=gettext_lazy("State"))

    class Meta:
        model = WebhookEvent
        fields = ["status"]


class MessageIndex(ReadOnlyIndex):
    """What the payment service told us."""

    needs = (rights.SEE_MESSAGES,)
    model = WebhookEvent
    page_title = gettext_lazy("Payment messages")
    header_icon = "download"
    index_url_name = "messages:index"
    index_results_url_name = "messages:index_results"
    filterset_class = MessageFilters
    search_fields = ["external_id", "kind"]

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("external_id", label=_("Message"), url_name="messages:message"),
            Column("kind", label=_("Kind")),
            StatusTagColumn("status", label=_("State"), primary=lambda one: one.status == WebhookEvent.Status.FAILED),
            Column("attempts", label=_("Tries")),
            DateColumn("received_at", label=_("Received")),
            Column("error", label=_("What went wrong")),
        ]

    def get_base_queryset(self) -> QuerySet[WebhookEvent]:
        return WebhookEvent.objects.defer("payload")


class Message(Deed):
    """One message, and trying it again."""

    needs = (rights.SEE_MESSAGES,)
    needs_to_post = (rights.REPEAT_MESSAGES,)
    template_name = "events/admin/message.html"
    page_title = gettext_lazy("Payment message")
    header_icon = "download"
    yes = gettext_lazy("Try it again")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.event = get_object_or_404(WebhookEvent, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.event.external_id

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        messages = crumb(_("Payment messages"), "messages:index")
        return [crumb(_("Home"), "wagtailadmin_home"), messages, crumb(self.event.external_id)]

    def do(self, form: Any) -> str:
        event = process(self.event, now=timezone.now())
        if event.status == WebhookEvent.Status.FAILED:
            return _("It failed again: %(error)s") % {"error": event.error}
        return _("Tried again: %(status)s.") % {"status": event.get_status_display()}

    def back(self) -> str:
        return reverse("messages:message", args=[self.event.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "may_repeat": self.may(rights.REPEAT_MESSAGES),
        }


class RecordViewSet(ViewSet):
    """A list and, where there is one, the page of a row."""

    def __init__(self, name: str, *, index: Any, right: str, one: tuple[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(name, menu_item_class=GuardedItem.for_right(right), **kwargs)
        self.index, self.one = index, one

    def get_urlpatterns(self) -> list[URLPattern]:
        found = [
            path("", self.index.as_view(), name="index"),
            path("results/", self.index.as_view(results_only=True), name="index_results"),
        ]
        if self.one is not None:
            found.append(path("<int:pk>/", self.one[1].as_view(), name=self.one[0]))
        return found


outbox = RecordViewSet(
    "outbox",
    index=MailIndex,
    one=("letter", Letter),
    right=rights.SEE_MAIL,
    icon="mail",
    menu_label=gettext_lazy("Outbox"),
)
messages = RecordViewSet(
    "messages",
    index=MessageIndex,
    one=("message", Message),
    right=rights.SEE_MESSAGES,
    icon="download",
    menu_label=gettext_lazy("Payment messages"),
    url_prefix="payment-messages",
)
trail = RecordViewSet(
    "trail",
    index=TrailIndex,
    right=rights.SEE_TRAIL,
    icon="history",
    menu_label=gettext_lazy("Audit trail"),
    url_prefix="audit-trail",
)
