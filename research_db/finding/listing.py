"""The list page, ready to be drawn: what was found, how it was understood, and where each choice leads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_site.search.results import Step
from network_site.search.words import written
from research_db.finding import asking, evidence, facets, index
from research_db.finding import results as shown
from research_db.finding.asking import Answer
from research_db.finding.criteria import ANY_YEAR, SORTS, Criteria, read
from research_db.finding.facets import Face
from research_db.finding.index import Now
from research_db.finding.results import Result
from research_db.finding.vocabulary import Words
from research_db.finding.wording import in_words, years_in_words

SORT_LABELS = {
    "best": gettext_lazy("Best fit"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "title": gettext_lazy("Title"),
    "added": gettext_lazy("Latest added here"),
}


@dataclass(frozen=True)
class Chip:
    """Something that is asked, the address without it, and how many there would be then, where that helps."""

    label: str
    address: str
    count: int = 0
    is_without: bool = False


@dataclass(frozen=True)
class Choice:
    """A link, and whether it leads to where one is."""

    label: Words
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Listing:
    """An answer as the page shows it."""

    now: Now
    answer: Answer

    @property
    def criteria(self) -> Criteria:
        """What is asked, at the page that is shown."""
        return self.answer.criteria

    @property
    def total(self) -> int:
        """How many publications there are."""
        return self.now.reader.size

    @property
    def whole(self) -> str:
        """The same in figures as people read them."""
        return f"{self.total:,}"

    @property
    def found(self) -> str:
        """How many fit, in figures as people read them."""
        return f"{self.answer.count:,}"

    @property
    def has_any(self) -> bool:
        """Whether anything fits."""
        return bool(self.answer.count)

    @property
    def all_found(self) -> str:
        """What the files of everything hold."""
        said = ngettext("The %(number)s publication found", "All %(number)s publications found", self.answer.count)
        return said % {"number": self.found}

    @cached_property
    def results(self) -> list[Result]:
        """The publications of this page."""
        if not self.answer.numbers:
            return []
        fragment = self.now.reader.fragments(self.answer.stems) if self.answer.stems else _nothing
        return shown.results(self.answer.numbers, stems=self.answer.stems, fragment=fragment)

    @cached_property
    def faces(self) -> list[Face]:
        """The facets."""
        return facets.faces(self.answer, self.now.vocabulary)

    @property
    def words(self) -> str:
        """The words that were looked for in the end."""
        return self.answer.understood.shown_for or self.criteria.words

    @cached_property
    def sentence(self) -> str:
        """How many there are of what, for eyes and ears."""
        count = self.answer.count
        found = ngettext("%(count)s publication", "%(count)s publications", count)
        if self.words:
            found = _("%(found)s about “%(words)s”") % {"found": found, "words": self.words.replace("%", "%%")}
        elif self.criteria.is_narrowed:
            found = _("%(found)s of %(total)s") % {"found": found, "total": f"{self.total:,}"}
        return found % {"count": f"{count:,}"} if count else self._nothing()

    def _nothing(self) -> str:
        return (
            _("Nothing yet about “%(words)s”") % {"words": self.words} if self.words else _("Nothing fits all of that")
        )

    @property
    def understood_as(self) -> str:
        """How words with signs among them were read; empty where they say what they say."""
        tree = self.answer.understood.asked.tree
        return written(tree) if tree and set(self.criteria.words) & set('"():*-') else ""

    @property
    def without(self) -> str:
        """The words in which nothing is left out, if something is."""
        return ", ".join(self.answer.understood.left_out)

    @property
    def as_typed(self) -> str:
        """The address that looks for the words exactly as typed."""
        return self.address(is_exact=True)

    @property
    def suggestion(self) -> str:
        """The address of what may have been meant."""
        return self.address(words=self.answer.understood.suggestion)

    def address(self, **changes: object) -> str:
        """The address of the same but for these."""
        return self.criteria.but(**changes).query or "?"

    @cached_property
    def chips(self) -> list[Chip]:
        """Everything that narrows the list, each with the address without it."""
        return [Chip(label, one.query or "?", is_without=is_without) for label, one, is_without in self._drops()]

    def _drops(self) -> Iterator[tuple[str, Criteria, bool]]:
        asked, entries = self.criteria, self.now.vocabulary.entries
        for name, is_without in (("chosen", False), ("excluded", True)):
            codes = getattr(asked, name)
            for code in codes:
                yield (
                    entries[code].label,
                    asked.but(**{name: tuple(one for one in codes if one != code)}),
                    is_without,
                )
        if asked.years != ANY_YEAR:
            yield years_in_words(asked.years), asked.but(years=ANY_YEAR), False

    @cached_property
    def ways_out(self) -> list[Chip]:
        """Where nothing fits: what leaving out one thing would give."""
        drops = [(label, one) for label, one, _is_without in self._drops()]
        if self.criteria.words and self.criteria.is_narrowed:
            drops.append((f"“{self.criteria.words}”", self.criteria.but(words="")))
        found = [Chip(label, one.query or "?", asking.count_of(one, self.now)) for label, one in drops]
        return sorted((chip for chip in found if chip.count), key=lambda chip: -chip.count)

    @cached_property
    def other_names(self) -> list[Chip]:
        """Other names that are looked for too, each with the address that does not."""
        strict = self.criteria.strict
        return [
            Chip(", ".join(others), self.address(strict=tuple(sorted({*strict, typed}))))
            for typed, others in self.answer.understood.widened
            if typed not in strict
        ]

    @cached_property
    def strict(self) -> list[Chip]:
        """Words meant just as typed, each with the address that looks for other names again."""
        kept = self.criteria.strict
        return [Chip(one, self.address(strict=tuple(other for other in kept if other != one))) for one in kept]

    @property
    def sorts(self) -> list[Choice]:
        """The orders."""
        usual = replace(self.criteria, sort="").order
        orders = SORTS if self.criteria.words else SORTS[1:]
        return [
            Choice(SORT_LABELS[one], self.address(sort="" if one == usual else one), one == self.criteria.order)
            for one in orders
        ]

    @property
    def has_map(self) -> bool:
        """Whether there is anything to lay out."""
        return {*evidence.USUAL} <= self.now.vocabulary.places.keys()

    @property
    def map_query(self) -> str:
        """What the evidence map of the same is asked."""
        return self.address(sort="")

    @cached_property
    def every_page(self) -> str:
        """What the files of all that was found are asked, whatever page of it is shown."""
        return self.criteria.at(1)

    @cached_property
    def lasting(self) -> str:
        """What a feed or letters about the same are asked, in whatever order and at whatever page it is shown.

        With the words that were looked for in the end: those may not be the ones that were typed.
        """
        return self.criteria.lasting.but(words=self.words).query

    @cached_property
    def in_words(self) -> str:
        """What is looked for, in a line."""
        return in_words(self.criteria, self.now.vocabulary)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form keeps that has no field in it."""
        asked = self.criteria
        return [("strict", one) for one in asked.strict] + ([("sort", asked.sort)] if asked.sort else [])

    @property
    def steps(self) -> list[Step]:
        """The pages round this one, the first and the last."""
        here = self.criteria.page
        pages = self._pages.get_elided_page_range(here, on_each_side=1, on_ends=1)
        return [
            Step(str(page), self._at(page) if isinstance(page, int) else "", is_here=page == here) for page in pages
        ]

    def _at(self, page: int) -> str:
        return self.criteria.at(page) or "?"

    @cached_property
    def _pages(self) -> Paginator[int]:
        return Paginator(range(self.answer.count), asking.A_PAGE)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._pages.num_pages

    @property
    def first(self) -> int:
        """The place of the first publication of this page in the whole list."""
        return (self.criteria.page - 1) * asking.A_PAGE + 1

    @property
    def before(self) -> str:
        """The address of the page before, if there is one."""
        return self._at(self.criteria.page - 1) if self.criteria.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page, if there is one."""
        return self._at(self.criteria.page + 1) if self.criteria.page < self.pages else ""


def _nothing(text: str) -> str:
    return ""


def listing(asked: QueryDict) -> Listing | None:
    """The list an address asks for; None while a host's first index of many publications is being made."""
    now = index.site().now()
    return answered(now, read(asked, now.vocabulary)) if now else None


def answered(now: Now, criteria: Criteria) -> Listing:
    """The list that fits the criteria, in what can be found now."""
    return Listing(now, asking.answer(criteria, now))
