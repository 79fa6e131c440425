"""Filling a moment from the cells of a row: the other direction of `cells`."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from events.models import Conference
from network_site.base.links import LinkBlock
from network_site.base.safe_csv import FORMULA_STARTS
from network_site.history.cells import NO, YES, link_lines, read_date, written_date
from network_site.history.models import Era, Theme, TiedPublication, TimelineEvent
from network_site.history.queries import NAMED
from network_site.people.models import Person
from research_db.models import Publication

WORDS_FOR_YES = frozenset({YES, "y", "true", "1", "x"})
WORDS_FOR_NO = frozenset({NO, "n", "false", "0", ""})
NUMBER = re.compile(r"[0-9]{1,7}")
LINK = re.compile(r"(?:(?P<words>.*\S)\s+)?(?P<address>\S+)")
NAMES_TOLD = 20


def tidy(text: object) -> str:
    """A cell as it is compared: no space around it, one kind of line end, no apostrophe that guards a formula."""
    words = "" if text is None else str(text)
    # The other direction of `safe_cell`.
    if words.startswith("'") and words[1:].lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS):
        words = words[1:]
    return "\n".join(words.splitlines()).strip()


@dataclass
class Shelf:
    """What rows may name, fetched once for a whole file, under every name it answers to."""

    what: str
    called: dict[str, list[Model]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def put(self, thing: Model, *names: str) -> None:
        """Keep a thing under these names; the first is the one told."""
        self.names.append(names[0])
        for name in {name.casefold() for name in names}:
            self.called.setdefault(name, []).append(thing)

    def take(self, name: str) -> Any:
        """The one thing of this name.

        Raises:
            ValueError: there is none, or more than one; the sentence lists what there is.
        """
        about = {"what": self.what, "name": name, "known": self.told()}
        found = self.called.get(name.casefold(), [])
        if not found:
            raise ValueError(_("There is no %(what)s “%(name)s”. Use one of these: %(known)s.") % about)
        if len(found) > 1:
            raise ValueError(_("More than one %(what)s is called “%(name)s”. Choose it by hand.") % about)
        return found[0]

    def take_all(self, names: str) -> list[Any]:
        """Everything named, separated by semicolons."""
        return [self.take(name) for part in names.split(";") if (name := part.strip())]

    def told(self) -> str:
        """What there is, in a line."""
        names, rest = sorted(self.names)[:NAMES_TOLD], len(self.names) - NAMES_TOLD
        more = [_("and %(number)s more") % {"number": rest}] if rest > 0 else []
        return ", ".join([*names, *more]) or _("none yet")


def shelves(codes: Collection[str] = ()) -> dict[str, Shelf]:
    """Eras, themes, conferences, people, and the publications of these codes, by the column that names them.

    A query each. There are too many publications to keep them all at hand.
    """
    era, theme, conference, person = Shelf(_("era")), Shelf(_("theme")), Shelf(_("conference")), Shelf(_("person"))
    for one_era in Era.objects.all():
        era.put(one_era, one_era.slug, one_era.title)
    for one_theme in Theme.objects.all():
        theme.put(one_theme, one_theme.slug, one_theme.name)
    for one_conference in Conference.objects.all():
        conference.put(one_conference, one_conference.slug)
    for one_person in Person.objects.all():
        person.put(one_person, one_person.name)
    publication = Shelf(_("publication"))
    for one_publication in Publication.objects.filter(code__in=codes).only(*NAMED):
        publication.put(one_publication, one_publication.code)
    return {"era": era, "themes": theme, "conference": conference, "people": person, "publications": publication}


# Sets what a cell says, given what rows may name; a ValueError is a sentence for the editor.
Filler = Callable[[TimelineEvent, str, Shelf], None]


def _date(event: TimelineEvent, said: str, shelf: Shelf) -> None:
    """The known part; what is finer and orders the moment stays while the known part is the same."""
    day, precision = read_date(said)
    if event.pk is None or written_date(day, precision) != written_date(event.starts_on, event.precision):
        event.starts_on, event.precision = day, precision


def _until(event: TimelineEvent, said: str, shelf: Shelf) -> None:
    if not said:
        event.ends_on = None
        return
    day, precision = read_date(said)
    if precision != event.precision:
        raise ValueError(_("Write the last day as exactly as the date: both a day, a month, a season or a year."))
    # A new moment has no first day where its date could not be read.
    start = getattr(event, "starts_on", None) or day
    if written_date(day, precision) == written_date(start, precision):
        day = start
    if day < start:
        raise ValueError(_("The moment ends before it begins. Change the date or the last day."))
    if event.ends_on is None or written_date(event.ends_on, precision) != written_date(day, precision):
        event.ends_on = day


def _delegates(event: TimelineEvent, said: str, shelf: Shelf) -> None:
    figures = re.sub(r"[,\s]|\.0$", "", said)
    if figures and not NUMBER.fullmatch(figures):
        raise ValueError(_("Write the number in figures only, such as 350. Words go into the next column."))
    event.delegates = int(figures) if figures else None


def _links(event: TimelineEvent, said: str, shelf: Shelf) -> None:
    """A link that is there already stays as it is, with its page; one that leads nowhere now is not in files."""
    lines = map(_here, link_lines(event))
    there, unseen = {}, []
    for line, child in zip(lines, event.links, strict=True):
        if line:
            there[line] = child.value
        else:
            unseen.append(child.value)
    wanted = [_here(part) for part in filter(str.strip, said.splitlines())]
    event.links = [("link", value) for value in (*(there.get(one) or _link(one) for one in wanted), *unseen)]


def _here(line: str) -> str:
    """The line with addresses of this site as paths: files for other sites have them in full."""
    *words, address = line.split() or [""]
    is_ours = address.startswith(f"{settings.SITE_URL}/")
    return " ".join([*words, address.removeprefix(settings.SITE_URL) if is_ours else address])


def _link(said: str) -> Any:
    found = LINK.fullmatch(said)
    value = {"text": found["words"] or "", "page": None, "url": found["address"]} if found else {}
    try:
        return LinkBlock().clean(LinkBlock().to_python(value))
    except ValidationError as error:
        raise ValueError(
            _("“%(link)s” is not a link. Write its words and then its address: The report https://example.org/report.")
            % {"link": said}
        ) from error


def _publications(event: TimelineEvent, said: str, shelf: Shelf) -> None:
    """In the order of the cell; one that visitors cannot read now is not in files, and stays."""
    ties = {tie.publication: tie for tie in event.tied_publications.all()}
    wanted = dict.fromkeys([*shelf.take_all(said), *(one for one in ties if not one.live)])
    kept = [ties.get(one) or TiedPublication(publication=one) for one in wanted]
    for place, tie in enumerate(kept):
        tie.sort_order = place
    event.tied_publications = kept


def _words(attribute: str) -> Filler:
    def fill(event: TimelineEvent, said: str, shelf: Shelf) -> None:
        setattr(event, attribute, said)

    return fill


def _yes_or_no(attribute: str) -> Filler:
    def fill(event: TimelineEvent, said: str, shelf: Shelf) -> None:
        if said.casefold() not in WORDS_FOR_YES | WORDS_FOR_NO:
            raise ValueError(_("Write yes or no."))
        setattr(event, attribute, said.casefold() in WORDS_FOR_YES)

    return fill


def _one(attribute: str) -> Filler:
    def fill(event: TimelineEvent, said: str, shelf: Shelf) -> None:
        setattr(event, attribute, shelf.take(said) if said else None)

    return fill


def _some(attribute: str) -> Filler:
    def fill(event: TimelineEvent, said: str, shelf: Shelf) -> None:
        setattr(event, attribute, shelf.take_all(said))

    return fill


def _needed(fill: Filler) -> Filler:
    """A cell that may not be empty."""

    def checked(event: TimelineEvent, said: str, shelf: Shelf) -> None:
        if not said:
            raise ValueError(_("Every moment needs this."))
        fill(event, said, shelf)

    return checked


FILLERS: dict[str, Filler] = {
    "date": _needed(_date),
    "until": _until,
    "about": _yes_or_no("is_circa"),
    "date_words": _words("when_words"),
    "title": _needed(_words("title")),
    "summary": _needed(_words("summary")),
    "era": _needed(_one("era")),
    "themes": _some("themes"),
    "milestone": _yes_or_no("is_milestone"),
    "sold_out": _yes_or_no("is_sold_out"),
    "around_us": _yes_or_no("is_around_us"),
    "delegates": _delegates,
    "delegates_words": _words("delegates_words"),
    "conference": _one("conference"),
    "people": _some("people"),
    "links": _links,
    "publications": _publications,
}
