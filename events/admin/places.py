"""Where did the places go? Each quota as a bar and the same numbers as a table, proved by the ledger."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.admin import rights
from events.admin.crumbs import AboutConference, conference_crumbs
from events.domain import fsck
from events.domain.queries import where_places_went
from events.models import Quota
from network_site.editing.desk.pages import crumb

BAR = 1000  # the width of a bar in its own units


@dataclass(frozen=True)
class Part:
    """One stretch of a bar; `start` and `width` in the bar's units, `css` names its look."""

    css: str
    label: str
    units: int
    start: float
    width: float
    percent: float


@dataclass(frozen=True)
class Bar:
    """A quota and its parts."""

    quota: Quota
    parts: list[Part]

    @property
    def sentence(self) -> str:
        """The bar for those who do not see it."""
        return ", ".join(f"{part.label}: {part.units}" for part in self.parts)


def bar_of(quota: Quota) -> Bar:
    """The quota as a bar; what never runs out is drawn by what is taken."""
    slices = where_places_went(quota)
    total = sum(one.units for one in slices) or 1
    parts, start = [], 0.0
    for one in slices:
        width, percent = BAR * one.units / total, 100 * one.units / total
        parts.append(Part(one.kind, one.label, one.units, round(start, 2), round(width, 2), round(percent, 1)))
        start += width
    return Bar(quota, parts)


class Places(AboutConference):
    """The ledger, told to people."""

    needs = (rights.SEE_CONFERENCES, rights.SEE_ORDERS)
    template_name = "events/admin/places.html"
    page_title = _("Where did the places go?")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return conference_crumbs(self.conference, crumb(self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "bars": [bar_of(quota) for quota in self.conference.quotas.all()],
            "findings": fsck.findings(),
            "bar_width": BAR,
        }
