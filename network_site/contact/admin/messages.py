"""The desk of messages: what came, from whom, what became of it."""

from typing import Any
from urllib.parse import quote

import django_filters
from django import forms
from django.contrib import messages as notices
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from network_site.base.errors import HouseError
from network_site.base.models import AuditEntry
from network_site.contact.admin import rights
from network_site.contact.domain.erasure import erase_person, of_person
from network_site.contact.domain.messages import assign, move
from network_site.contact.domain.suspicion import SIGNS
from network_site.contact.models import ContactTopic, Message
from network_site.editing.desk.menu import CountingItem
from network_site.editing.desk.pages import Deed, DeskPage, Guarded, crumb
from network_site.editing.desk.trail import tell
from network_site.people.models import User

Status = Message.Status
INDEX = "contact_messages:index"
# What the buttons say that move a message on.
DEEDS = {
    Status.ANSWERED: gettext_lazy("Mark as answered"),
    Status.CLOSED: gettext_lazy("Close without an answer"),
    Status.SUSPECTED: gettext_lazy("Hold it: it is advertising"),
    Status.NEW: gettext_lazy("Open it again"),
}


class MessageFilters(WagtailFilterSet):
    """By where it stands, and by topic."""

    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )
    topic = django_filters.ModelChoiceFilter(
        queryset=lambda _request: ContactTopic.objects.all(), label=gettext_lazy("Topic")
    )

    class Meta:
        model = Message
        fields = ["status", "topic"]


class MessageIndex(Guarded, generic.IndexView):
    """What waits first, then the newest."""

    needs = (rights.SEE_MESSAGES,)
    model = Message
    any_permission_required = ["view"]
    page_title = gettext_lazy("Messages")
    header_icon = "mail"
    index_url_name = INDEX
    index_results_url_name = "contact_messages:index_results"
    paginate_by = 30
    table_classname = "listing desk-table"
    search_fields = ["reference", "name", "email", "organisation", "text"]
    filterset_class = MessageFilters

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("sender", label=_("From"), accessor=sender, url_name="contact_messages:message"),
            Column("topic_label", label=_("About")),
            Column("beginning", label=_("Begins"), accessor=beginning),
            DateColumn("received_at", label=_("Received")),
            StatusTagColumn("get_status_display", label=_("State"), primary=lambda one: one.is_open),
            Column("reference", label=_("Reference")),
        ]

    def get_base_queryset(self) -> QuerySet[Message]:
        waits = Case(When(status__in=Message.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return Message.objects.order_by(waits, "-received_at", "-pk")


def sender(message: Message) -> str:
    """Who wrote; what is left to say once that is erased."""
    return _("(erased)") if message.erased_at else message.name or message.email


def beginning(message: Message) -> str:
    """The first words."""
    words = " ".join(message.text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"  # noqa: PLR2004


class OfMessage(Guarded):
    """A page about one message."""

    needs: tuple[str, ...] = (rights.SEE_MESSAGES,)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        people = ("topic", "answered_by", "closed_by", "erased_by")
        self.message = get_object_or_404(Message.objects.select_related(*people), pk=kwargs["pk"])

    @property
    def by(self) -> User:
        """Whoever does it."""
        return self.request.user  # type: ignore[return-value]

    def back(self) -> str:
        """The message's page."""
        return reverse("contact_messages:message", args=[self.message.pk])


class TopicForm(forms.Form):
    """Another topic, and with it other people."""

    topic = forms.ModelChoiceField(queryset=ContactTopic.objects.all(), label=gettext_lazy("Topic"), empty_label=None)


class MessagePage(OfMessage, DeskPage):
    """One message: its words, what can be done with it, and what was done."""

    template_name = "contact/admin/message.html"
    page_title = gettext_lazy("Message")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Messages"), INDEX), crumb(self.message.reference)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message = self.message
        trail = AuditEntry.objects.filter(subject=message.subject_key).select_related("by")
        return {
            **super().get_context_data(**kwargs),
            "message": message,
            "sender": sender(message),
            "signs": [SIGNS.get(sign, sign) for sign in message.signs],
            "deeds": deeds_of(message) if self.may(rights.CHANGE_MESSAGES) else [],
            "topic_form": TopicForm(initial={"topic": message.topic_id}) if self.may(rights.CHANGE_MESSAGES) else None,
            "may_erase": not message.erased_at and self.may(rights.ERASE_MESSAGES),
            "answer_address": answer_address(message),
            "trail": tell(trail[:50]),
        }


def deeds_of(message: Message) -> list[tuple[str, Any]]:
    """Where this message may go from here, and what the button says."""
    possible = Message.ALLOWED[Status(message.status)]
    words = {**DEEDS, **({Status.NEW: _("It is genuine: pass it on")} if message.status == Status.SUSPECTED else {})}
    return [(status.value, words[status]) for status in DEEDS if status in possible]


def answer_address(message: Message) -> str:
    """A mailto: link that answers; what people wrote cannot add anything to it."""
    if not message.email:
        return ""
    subject = _("Your message (%(reference)s)") % {"reference": message.reference}
    return f"mailto:{quote(message.email, safe='@')}?subject={quote(subject)}"


class Move(OfMessage, DeskPage):
    """One press: a message goes where the button says."""

    needs = (rights.SEE_MESSAGES, rights.CHANGE_MESSAGES)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        to = request.POST.get("to", "")
        if to in Status.values:
            say(request, lambda: move(self.message, to=to, by=self.by, now=timezone.now()), done=_("Noted."))
        return redirect(self.back())


class Assign(OfMessage, DeskPage):
    """Another topic."""

    needs = (rights.SEE_MESSAGES, rights.CHANGE_MESSAGES)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TopicForm(request.POST)
        if form.is_valid():
            topic = form.cleaned_data["topic"]
            done = _("It is about “%(topic)s” now.") % {"topic": topic.label}
            say(request, lambda: assign(self.message, topic=topic, by=self.by), done=done)
        return redirect(self.back())


def say(request: HttpRequest, deed: Any, *, done: str) -> None:
    """Do it, and say that it is done or why it is not."""
    try:
        deed()
    except HouseError as error:
        notices.error(request, str(error))
    else:
        notices.success(request, done)


class Erase(OfMessage, Deed):
    """Forget a person: everything they wrote to us."""

    needs = (rights.SEE_MESSAGES, rights.ERASE_MESSAGES)
    page_title = gettext_lazy("Erase what this person wrote")
    header_icon = "bin"
    yes = gettext_lazy("Yes, erase it")
    is_serious = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        one = crumb(self.message.reference, "contact_messages:message", self.message.pk)
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Messages"), INDEX), one, crumb(_("Erase"))]

    def sentences(self) -> list[Any]:
        references = ", ".join(one.reference for one in of_person(self.message.email)) or "–"
        return [
            _("Everything from %(email)s is emptied: %(references)s.")
            % {"email": self.message.email or "–", "references": references},
            _("Names, addresses and words go, also from letters that have not left. Dates and topics stay."),
            _("Letters that have left are in other people’s mailboxes; ask for those to be deleted. This is final."),
        ]

    def do(self, form: Any) -> str:
        number = erase_person(self.message.email, by=self.by, now=timezone.now())
        return _("%(number)s erased.") % {"number": number}


class MessagesItem(CountingItem):
    """Says how many wait."""

    right = rights.SEE_MESSAGES

    def count(self) -> int:
        return Message.objects.filter(status__in=Message.OPEN).count()


class MessageViewSet(ViewSet):
    """The addresses of the messages' desk."""

    name = "contact_messages"
    url_prefix = "messages"
    icon = "mail"
    menu_label = gettext_lazy("Messages")
    menu_item_class = MessagesItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MessageIndex.as_view(), name="index"),
            path("results/", MessageIndex.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", MessagePage.as_view(), name="message"),
            path("<int:pk>/move/", Move.as_view(), name="move"),
            path("<int:pk>/assign/", Assign.as_view(), name="assign"),
            path("<int:pk>/erase/", Erase.as_view(), name="erase"),
        ]
