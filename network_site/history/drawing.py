"""Moments on the thread: which mark each is, what stands in its loop, and the words beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from network_site.history.models import TimelineEvent
from network_site.ui.models.links import Link
from network_site.ui.thread.canvas import Piece
from network_site.ui.thread.timeline import NARROW, WIDE, Moment, Place, Stack, layout

# How many letters of a line fit in the smallest loop.
LONGEST_IN_LOOP = 8
NO_COLOUR = "teal"


@dataclass(frozen=True)
class Tag:
    """A word about a moment; `icon` stands in for the stitch before it, and colour only follows them."""

    words: str
    css: str
    icon: str = ""


def mark_of(event: TimelineEvent) -> str:
    """A closed loop was sold out, an open one had room, a knot is a milestone, everything else a stitch."""
    if event.is_sold_out:
        return "loop"
    if event.delegates:
        return "bight"
    return "knot" if event.is_milestone else "stitch"


def in_loop(event: TimelineEvent) -> tuple[str, str]:
    """What stands in the loop: a figure and its unit, or no figure and two lines parted by "|"."""
    if event.delegates:
        words = event.delegates_words.casefold()
        more = "+" if words.startswith((_("over"), _("more than"))) else ""
        return f"{event.delegates:,}{more}", ngettext("delegate", "delegates", event.delegates)
    words = in_two_lines(event.delegates_words)
    fits = words and max(map(len, words.split("|"))) <= LONGEST_IN_LOOP
    return "", words if fits else in_two_lines(_("sold out"))


def in_two_lines(words: str) -> str:
    """The words parted by "|" at the space nearest to the middle."""
    spaces = [place for place, sign in enumerate(words) if sign == " "]
    if not spaces:
        return words
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2))
    return f"{words[:middle]}|{words[middle + 1 :]}"


def company(event: TimelineEvent) -> str:
    """How many came, as a sentence; empty where nobody counted."""
    if event.delegates_words:
        return f"{capfirst(event.delegates_words)}."
    if not event.delegates:
        return ""
    counted = ngettext("%(number)s delegate.", "%(number)s delegates.", event.delegates)
    return counted % {"number": f"{event.delegates:,}"}


def tags(event: TimelineEvent) -> list[Tag]:
    """What a moment is, in words."""
    found = [Tag(_("Sold out"), "tag--sold")] if event.is_sold_out else []
    found += [Tag(_("Milestone"), "tag--teal")] if event.is_milestone else []
    found += [Tag(theme.name, f"tag--icon tag--{theme.colour}", theme.icon) for theme in event.themes.all()]
    return found + ([Tag(_("Around us"), "tag--around")] if event.is_around_us else [])


def links_of(events: Sequence[TimelineEvent]) -> dict[int, list[Link]]:
    """The links of each moment that lead somewhere, by key; the pages of all of them are fetched at once."""
    stored = {event.pk: [block["value"] for block in event.links.raw_data] for event in events}
    wanted = {value["page"] for values in stored.values() for value in values if value.get("page")}
    pages = Page.objects.live().in_bulk(wanted) if wanted else {}
    return {key: _leading_somewhere(values, pages) for key, values in stored.items()}


def _leading_somewhere(values: Iterable[dict[str, object]], pages: dict[int, Page]) -> list[Link]:
    links = [_link(value, pages) for value in values]
    return [link for link in links if link.url]


def _link(value: dict[str, object], pages: dict[int, Page]) -> Link:
    page = pages.get(value["page"]) if value.get("page") else None  # type: ignore[call-overload]  # raw JSON
    url = str(page.url or "") if page else ""
    if not value.get("page"):
        url = str(value.get("url") or "")
    return Link(str(value.get("text") or (page.title if page else url)), url)


def on_thread(event: TimelineEvent, chapter: int = 0) -> Moment:
    """What the thread needs to know of a moment. One whose date is not certain carries no year."""
    theme = next(iter(event.themes.all()), None)
    colour = "c-muted" if event.is_around_us else f"c-{theme.colour}" if theme and theme.colour != NO_COLOUR else ""
    mark = mark_of(event)
    figure, unit = in_loop(event) if mark in {"loop", "bight"} else ("", "")
    return Moment(
        year=event.starts_on.year,
        month=event.starts_on.month,
        mark=mark,
        bead="" if event.is_circa else str(event.starts_on.year),
        colour=colour if mark == "stitch" else "",
        figure=figure,
        unit=unit,
        delegates=event.delegates,
        is_aside=event.is_around_us,
        chapter=chapter,
    )


@dataclass(frozen=True)
class Told:
    """A moment with its place on the thread."""

    event: TimelineEvent
    links: list[Link]
    wide: Stack
    narrow: Stack

    @property
    def year(self) -> str:
        """The year whose first moment this is; empty otherwise."""
        return str(self.event.starts_on.year) if self.narrow.has_bead else ""

    @property
    def css(self) -> str:
        """The classes that put the words beside their mark."""
        names = ["moment", f"moment--{self.wide.place}"]
        names += ["moment--around"] if self.event.is_around_us else []
        names += ["has-bead"] if self.narrow.has_bead else []
        names += ["under-bead"] if self.wide.has_bead else []
        names += [f"under-{self.wide.below}"] if self.wide.below else []
        names += ["f-loop", self.narrow.room] if self.narrow.room else []
        return " ".join(names)

    @property
    def wide_pieces(self) -> SafeString:
        return drawn(self.wide.pieces)

    @property
    def narrow_pieces(self) -> SafeString:
        return drawn(self.narrow.pieces)

    @property
    def is_guest(self) -> bool:
        """Whether the thread beside it, where there is room for two columns, is in its host's stack."""
        return self.wide.place == Place.GUEST

    @cached_property
    def tags(self) -> list[Tag]:
        return tags(self.event)

    @property
    def company(self) -> str:
        return company(self.event)

    @property
    def people(self) -> list[Link]:
        """Who is named in it and has a page."""
        return [Link(person.name, person.page_url) for person in self.event.people.all() if person.page_url]

    @property
    def publications(self) -> list[Link]:
        """What one can read about it in the research database."""
        return [Link(one.title, one.get_absolute_url()) for one in self.event.publications]

    @property
    def conference_url(self) -> str:
        """The conference it was, where that has a public page."""
        conference = self.event.conference
        page = getattr(conference, "page", None)
        return conference.get_absolute_url() if conference and page and page.live else ""


def drawn(pieces: Sequence[Piece]) -> SafeString:
    """Pieces one under the other."""
    return mark_safe("".join(piece.drawn() for piece in pieces))  # noqa: S308  each is safe


def told(events: Sequence[TimelineEvent]) -> list[Told]:
    """The moments on one thread, in the order given."""
    eras = {era: number for number, era in enumerate(dict.fromkeys(event.era_id for event in events))}
    marks = [on_thread(event, eras[event.era_id]) for event in events]
    links = links_of(events)
    wide, narrow = layout(marks, WIDE), layout(marks, NARROW)
    return [Told(event, links[event.pk], broad, slim) for event, broad, slim in zip(events, wide, narrow, strict=True)]
