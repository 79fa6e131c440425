"""What the history page shows for a question: chapters, the ways to choose among them, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.history import queries
from network_site.history.drawing import Told, drawn, told
from network_site.history.filters import AROUND, OURS, Filters
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.ui.thread.canvas import Piece
from network_site.ui.thread.loops import loop
from network_site.ui.thread.pieces import needle, run
from network_site.ui.thread.timeline import NARROW, WIDE

# As many years as fit on the jump line; more of them are gathered in decades.
MOST_YEARS = 16
DECADE = 10


@dataclass(frozen=True)
class Choice:
    """One way to narrow the history, and how many moments it would leave."""

    value: str
    name: str
    count: int
    is_chosen: bool
    icon: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Jump:
    """A year or a decade on the jump line, and the year it leads to."""

    name: str
    year: str


@dataclass(frozen=True)
class Column:
    """A stretch of thread for both widths."""

    wide: SafeString
    narrow: SafeString


@dataclass(frozen=True)
class Chapter:
    """An era, as far as its moments were asked for, and the run beside its heading."""

    era: Era
    told: list[Told]

    @property
    def thread(self) -> Column:
        first = self.told[0]
        return straight(first.wide.x, first.narrow.x)


@dataclass(frozen=True)
class Timeline:
    """The answer to one question."""

    filters: Filters
    told: list[Told]
    everything: list[TimelineEvent]
    themes: list[Choice]
    eras: list[Choice]
    who: list[Choice]
    milestones: Choice

    @property
    def chapters(self) -> list[Chapter]:
        """The eras in the order asked for."""
        groups = groupby(self.told, key=lambda one: one.event.era)
        return [Chapter(era, list(moments)) for era, moments in groups]

    @property
    def count(self) -> int:
        return len(self.told)

    @property
    def jumps(self) -> list[Jump]:
        """The years that carry a bead, oldest first; decades where there are too many."""
        years = sorted(one.year for one in self.told if one.year)
        if len(years) <= MOST_YEARS:
            return [Jump(year, year) for year in years]
        decades = groupby(years, key=lambda year: int(year) // DECADE * DECADE)
        firsts = {decade: list(found) for decade, found in decades}
        ends = -1 if self.filters.is_newest else 0
        return [Jump(_("%(decade)ss") % {"decade": decade}, found[ends]) for decade, found in firsts.items()]

    @property
    def status(self) -> str:
        """How many of how many, and in which order."""
        if not self.told:
            return _("No moment fits.") if self.everything else _("Nothing is told yet.")
        order = _("newest first") if self.filters.is_newest else _("oldest first")
        facts = {"count": self.count, "total": len(self.everything), "order": order}
        if self.filters.is_narrowed:
            return (
                ngettext(
                    "%(count)s of %(total)s moments, %(order)s.",
                    "%(count)s of %(total)s moments, %(order)s.",
                    self.count,
                )
                % facts
            )
        return ngettext("One moment.", "All %(count)s moments, %(order)s.", self.count) % facts

    @property
    def opening(self) -> Column:
        """From the header's line to the first moment; straight down where there is none."""
        wide, narrow = (self.told[0].wide.x, self.told[0].narrow.x) if self.told else (WIDE.centre, NARROW.centre)
        return Column(drawn([run(WIDE.width, WIDE.centre, wide)]), drawn([run(NARROW.width, NARROW.centre, narrow)]))

    @property
    def ending(self) -> Column:
        """Today is a needle that points on; the beginning is the small loop a knitter starts with."""
        return Column(
            *(drawn([run(p.width, p.centre, least=64), *self._end(p.width, p.centre)]) for p in (WIDE, NARROW))
        )

    def _end(self, width: float, x: float) -> list[Piece]:
        return [loop(width, x, x + 18, 13, pad=19)] if self.filters.is_newest else [needle(width, x)]


def straight(wide: float, narrow: float) -> Column:
    """A straight run at these places."""
    return Column(drawn([run(WIDE.width, wide)]), drawn([run(NARROW.width, narrow)]))


def timeline(filters: Filters) -> Timeline:
    """Answer a question: seven queries, however many moments there are."""
    everything = queries.public()
    return Timeline(
        filters=filters,
        told=told(queries.moments(filters, among=everything)),
        everything=everything,
        themes=_themes(filters, everything),
        eras=_eras(filters, everything),
        who=_who(filters, everything),
        milestones=Choice(
            "1",
            _("Milestones only"),
            len(queries.moments(filters.but(is_milestones=True), among=everything)),
            is_chosen=filters.is_milestones,
        ),
    )


def _themes(filters: Filters, everything: Sequence[TimelineEvent]) -> list[Choice]:
    return [
        Choice(
            theme.slug,
            theme.name,
            len(queries.moments(filters.but(themes=(theme.slug,)), among=everything)),
            is_chosen=theme.slug in filters.themes,
            icon=theme.icon,
            colour=theme.colour,
        )
        for theme in Theme.objects.all()
    ]


def _eras(filters: Filters, everything: Sequence[TimelineEvent]) -> list[Choice]:
    return [
        Choice(
            era.slug,
            f"{era.title}, {era.years}",
            len(queries.moments(filters.but(era=era.slug), among=everything)),
            is_chosen=era.slug == filters.era,
        )
        for era in Era.objects.all()
    ]


def _who(filters: Filters, everything: Sequence[TimelineEvent]) -> list[Choice]:
    names = {OURS: _("What we did"), AROUND: _("What happened around us")}
    return [
        Choice(
            value,
            name,
            len(queries.moments(filters.but(who=value), among=everything)),
            is_chosen=value == filters.who,
        )
        for value, name in names.items()
    ]
