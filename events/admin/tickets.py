"""A conference's tickets page: everything that is sold for it, in one place."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from events.admin import rights
from events.admin.crumbs import AboutConference, conference_crumbs
from events.admin.moves import moves_of
from events.models import ConferencePage, OrderLine, StaffHold, TypeQuota

SOLD = Count("lines", filter=Q(lines__status=OrderLine.Status.VALID))


class Tickets(AboutConference):
    """Status, room, ticket types, programme and what is kept back; a constant number of queries."""

    needs = (rights.SEE_CONFERENCES,)
    template_name = "events/admin/tickets.html"
    page_title = _("Tickets")
    header_icon = "ticket"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return conference_crumbs(self.conference)

    @cached_property
    def page(self) -> ConferencePage | None:
        """Its page in the tree, published or not."""
        return ConferencePage.objects.filter(conference=self.conference).first()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        conference = self.conference
        links = [
            (rights.CHANGE_CONFERENCE, _("Facts"), reverse("conferences:edit", args=[conference.pk]), "edit"),
            (rights.SEE_CONFERENCES, _("Page"), self.page_url, "doc-full"),
            (rights.SEE_ORDERS, _("Orders"), f"{reverse('orders:index')}?conference={conference.pk}", "clipboard-list"),
            (rights.SEE_ORDERS, _("Places"), reverse("conferences:places", args=[conference.pk]), "group"),
            (rights.TAKE_ATTENDEES, _("Attendees"), reverse("conferences:attendees", args=[conference.pk]), "download"),
        ]
        shown = [link for link in links if self.may(link[0]) and link[2]]
        return [
            HeaderButton(label, url=url, icon_name=icon, priority=rank)
            for rank, (_right, label, url, icon) in enumerate(shown)
        ]

    @property
    def page_url(self) -> str:
        """Where its page is edited, for those who may."""
        if self.page is None or not self.page.permissions_for_user(self.request.user).can_edit():
            return ""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        conference = self.conference
        draws = Prefetch("type_quotas", TypeQuota.objects.select_related("quota").order_by("quota_id"))
        types = conference.ticket_types.select_related("session").prefetch_related(draws).annotate(sold=SOLD)
        kept = StaffHold.objects.filter(quota__conference=conference, released_at=None)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "moves": moves_of(conference) if self.may(rights.CHANGE_CONFERENCE) else [],
            "quotas": conference.quotas.all(),
            "types": types,
            "sessions": conference.sessions.all(),
            "kept": kept.select_related("quota", "held_by"),
            "may_keep_back": self.may(rights.KEEP_BACK),
            "may_let_go": self.may(rights.LET_GO),
        }
