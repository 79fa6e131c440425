"""Conferences: the list, the facts, and a new one with its page."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from events.admin.attendees import TakeAttendees
from events.admin.cancelling import CancelOrders
from events.admin.conference_form import IN_CALENDARS, ConferenceForm
from events.admin.crumbs import conference_crumbs
from events.admin.facts_form import changes
from events.admin.moves import Move
from events.admin.places import Places
from events.admin.stock import stock_urls
from events.admin.tickets import Tickets
from events.domain import programme
from events.models import Conference, ConferenceIndexPage, ConferencePage
from network_site.base.audit import record
from network_site.base.freshness import touch_words
from network_site.editing.desk.pages import crumb
from network_site.people.models import User


def subject(conference: Conference) -> str:
    """Its name in the audit trail."""
    return f"conference:{conference.pk}"


def draft_page(conference: Conference, *, by: User) -> ConferencePage | None:
    """The conference's page as a draft under the page of all conferences; None where there is no such page."""
    index = ConferenceIndexPage.objects.first()
    if index is None:
        return None
    page = ConferencePage(title=conference.title, slug=conference.slug, conference=conference, live=False, owner=by)
    index.add_child(instance=page)
    page.save_revision(user=by)
    return page


def follow_slug(conference: Conference) -> None:
    """Give the page the address its conference has now."""
    page = ConferencePage.objects.filter(conference=conference).exclude(slug=conference.slug).first()
    if page is not None:
        page.slug = conference.slug
        page.save(clean=False)
        page.save_revision(clean=False)


class Index(generic.IndexView):
    """All conferences, the next first."""

    page_title = _("Conferences")
    any_permission_required = ["view", "change"]
    default_ordering = "-starts_on"
    table_classname = "listing desk-table"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column_class(TitleColumn)(
                "title", label=_("Conference"), get_url=self.tickets_url, sort_key="title"
            ),
            Column("when", label=_("When"), sort_key="starts_on"),
            Column("where", label=_("Where")),
            StatusTagColumn("get_status_display", label=_("Status"), primary=lambda one: one.status == "on_sale"),
        ]

    def tickets_url(self, conference: Conference) -> str:
        """Its tickets page, from where everything else is one step away."""
        return reverse("conferences:tickets", args=[conference.pk])

    def get_list_more_buttons(self, instance: Conference) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        buttons.append(Button(_("Tickets"), url=self.tickets_url(instance), icon_name="ticket", priority=5))
        return list(buttons)


class Add(generic.CreateView):
    """A new conference, with a draft page to write on."""

    template_name = "events/admin/form.html"
    page_title = _("New conference")
    success_message = _("“%(object)s” is made, with a draft page. Next: room, then tickets, then put it on sale.")

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home, all_of_them = crumb(_("Home"), "wagtailadmin_home"), crumb(_("Conferences"), "conferences:index")
        return [home, all_of_them, crumb(self.page_title)]

    def save_instance(self) -> Conference:
        conference: Conference = self.form.save()
        self.page_made = draft_page(conference, by=self.request.user)
        record("made", subject=subject(conference), by=self.request.user, title=conference.title)
        return conference

    def get_success_url(self) -> str:
        if self.page_made is None:
            messages.warning(
                self.request, _("There is no page of all conferences, so no page was made. Ask an editor to make both.")
            )
        return reverse("conferences:tickets", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        page = self.page_made
        if page is None or not page.permissions_for_user(self.request.user).can_edit():
            return []
        return [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Write its page"))]


class Edit(generic.EditView):
    """A conference's facts."""

    template_name = "events/admin/form.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return conference_crumbs(self.object, crumb(_("Facts")))

    def save_instance(self) -> Conference:
        changed = changes(self.form)
        conference: Conference = self.form.save()
        if changed:
            record("changed", subject=subject(conference), by=self.request.user, **changed)
            touch_words()
        if IN_CALENDARS & set(changed):
            programme.note_change(conference, now=timezone.now())
        follow_slug(conference)
        return conference

    def get_success_url(self) -> str:
        return reverse("conferences:tickets", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("Tickets"), url=self.get_success_url(), icon_name="ticket")]


class ConferenceViewSet(ModelViewSet):
    """Conferences, and behind each one its tickets, its places and its moves."""

    model = Conference
    name = "conferences"
    icon = "calendar-alt"
    menu_label = _("Conferences")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = Index
    add_view_class = Add
    edit_view_class = Edit
    list_filter = ["status", "mode"]
    search_fields = ["title", "series", "venue", "town"]

    def get_form_class(self, for_update: bool = False) -> type[ConferenceForm]:
        return ConferenceForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Conferences are cancelled, not deleted; the house's own audit trail is their history."""
        absent = dict.fromkeys(("history_url_name", "usage_url_name", "delete_url_name"), self.UNDEFINED)
        return {**super().get_common_view_kwargs(**kwargs), **absent}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "add", "edit"}
        own = [
            path("<int:conference>/tickets/", Tickets.as_view(), name="tickets"),
            path("<int:conference>/places/", Places.as_view(), name="places"),
            path("<int:conference>/attendees/", TakeAttendees.as_view(), name="attendees"),
            path("<int:conference>/move/<slug:to>/", Move.as_view(), name="move"),
            path("<int:conference>/cancel-orders/", CancelOrders.as_view(), name="cancel_orders"),
        ]
        return [*(one for one in super().get_urlpatterns() if one.name in kept), *own, *stock_urls()]
