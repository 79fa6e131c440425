"""The page of results, ready to be drawn: what was found, how it was understood, and what else to try."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.search import asking, corpus, kinds, log, shown
from network_site.search.asking import Answer
from network_site.search.beside import Beside, beside
from network_site.search.corpus import Held
from network_site.search.kinds import Words
from network_site.search.promoted import Promoted, promoted
from network_site.search.request import Request

A_PAGE = 10
CONTACT = "/contact/"
AT_LEAST, MOST_POPULAR = 3, 6


@dataclass(frozen=True)
class Choice:
    """One kind in the filter: its address, how many there are, whether it is chosen."""

    words: Words
    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Step:
    """One link to a page of results; `address` is empty for a gap, and for the page one is on."""

    words: str
    address: str
    is_here: bool = False


@dataclass(frozen=True)
class Results:
    """An answer as the page shows it."""

    request: Request
    answer: Answer
    promoted: tuple[Promoted, ...] = ()
    beside: tuple[Beside, ...] = ()

    @cached_property
    def page(self) -> Page[Held]:
        """The hits of this page; the last page where there are not so many."""
        return Paginator(self.answer.hits, A_PAGE).get_page(self.request.page)

    @property
    def shown(self) -> list[shown.Shown]:
        """The results of this page."""
        if not self.answer.hits:
            return []
        fragment = corpus.site.current().reader.fragments(self.answer.stems)
        return shown.results(self.page.object_list, stems=self.answer.stems, fragment=fragment)

    @property
    def typed(self) -> str:
        """The words as they were cleaned."""
        return self.answer.asked.typed

    @property
    def sentence(self) -> str:
        """How many were found, for eyes and ears."""
        found, number = self.answer, self.answer.count
        kind = kinds.named(self.request.kind)
        if not number:
            words = _("Nothing in %(kind)s for “%(words)s”") if kind and found.total else _("Nothing for “%(words)s”")
        else:
            words = ngettext("%(count)s result", "%(count)s results", number)
            words += " " + (_("in %(kind)s for “%(words)s”") if kind else _("for “%(words)s”"))
        meant = found.shown_for or self.typed
        return words % {"count": number, "words": meant, "kind": str(kind.label) if kind else ""}

    @property
    def more_than_shown(self) -> int:
        """How many are shown at most, where there are more; otherwise 0."""
        return asking.MOST_HITS if self.answer.count > asking.MOST_HITS else 0

    @property
    def as_typed(self) -> str:
        """The address that looks for the words exactly as typed."""
        return self.request.having(is_exact=True).address

    @property
    def contact(self) -> str:
        """The address of the page with the form to write to us, if there is one; asked where nothing was found."""
        return at(CONTACT)

    @property
    def suggestion(self) -> str:
        """The address of what may have been meant."""
        return self.request.having(words=self.answer.suggestion).address

    @property
    def without(self) -> str:
        """The words in which nothing is left out, if something is."""
        return ", ".join(self.answer.left_out)

    @property
    def everything(self) -> str:
        """The address of the same words in every kind of thing."""
        return self.request.having(kind="").address

    @property
    def choices(self) -> list[Choice]:
        """Every kind in which there is something, with how many; the first is all of them."""
        counts = dict(self.answer.counts)
        found = [kind for kind in kinds.every() if counts.get(kind.key) or kind.key == self.request.kind]
        one_of = [self._choice(kind.label, kind.key, counts.get(kind.key, 0)) for kind in found]
        return [self._choice(_("Everything"), "", self.answer.total), *one_of]

    def _choice(self, words: Words, kind: str, count: int) -> Choice:
        return Choice(words, self.request.having(kind=kind).address, count, is_chosen=self.request.kind == kind)

    @property
    def steps(self) -> list[Step]:
        """The pages round this one, the first and the last."""
        pages = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [self._step(page) for page in pages]

    def _step(self, page: int | str) -> Step:
        if not isinstance(page, int):
            return Step(str(page), "")
        return Step(str(page), self.address_of(page), is_here=page == self.page.number)

    def address_of(self, page: int) -> str:
        """The address of a page of these results."""
        return self.request.having(page=page).address

    @property
    def before(self) -> str:
        """The address of the page before, if there is one."""
        return self.address_of(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        """The address of the next page, if there is one."""
        return self.address_of(self.page.number + 1) if self.page.has_next() else ""


def results(request: Request, *, now: datetime) -> Results:
    """The answer to a request that has words; counts it in the log of searches."""
    answer = asking.answer(request.words, now=now, kind=request.kind, is_exact=request.is_exact)
    typed = answer.asked.typed
    is_first = request == Request(words=request.words)
    if is_first:
        log.remember(typed, on=now.date())
    rooms = tuple(found for ask in beside.all() if (found := ask(typed))) if is_first else ()
    return Results(replace(request, words=typed), answer, tuple(promoted(log.of_words(typed))), rooms)


def popular(*, now: datetime) -> list[Choice]:
    """What many people searched for lately, as far as something is found for it."""
    asked = log.popular(today=now.date(), at_least=AT_LEAST, most=2 * MOST_POPULAR)
    found = [(words, asking.how_many(words, now=now)) for words in asked]
    chosen = [(words, number) for words, number in found if number][:MOST_POPULAR]
    return [Choice(words, Request(words).address, number, is_chosen=False) for words, number in chosen]


def at(address: str) -> str:
    """The address itself if something public is there, otherwise nothing."""
    return address if any(one.document.url == address for one in corpus.site.current().held.values()) else ""


def inside() -> Iterator[tuple[int, Words]]:
    """How many things of each kind can be found, and what they are called."""
    held = [one.kind for one in corpus.site.current().held.values()]
    for kind in kinds.every():
        if number := held.count(kind.key):
            yield number, kind.label
