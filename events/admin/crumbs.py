"""What the desk's pages about one conference have in common: which one it is, and the path at their top."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.models import Conference
from network_site.editing.desk.pages import Crumb, DeskPage, crumb


def conference_crumbs(conference: Conference, *more: Crumb) -> list[Crumb]:
    """The path to a conference's tickets page and on from there."""
    return [
        crumb(_("Home"), "wagtailadmin_home"),
        crumb(_("Conferences"), "conferences:index"),
        crumb(conference, "conferences:tickets", conference.pk),
        *more,
    ]


class AboutConference(DeskPage):
    """A page of the desk about the conference in its address; 404 where there is none."""

    @cached_property
    def conference(self) -> Conference:
        """The one in the address."""
        return get_object_or_404(Conference, pk=self.kwargs["conference"])

    def get_page_subtitle(self) -> str:
        return str(self.conference)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "conference": self.conference}
