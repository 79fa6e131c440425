"""Everything on the shelf, small enough to be kept and looked through without asking the database."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from network_site.base.pages import closed_branches
from network_site.base.remembered import remembered
from network_site.learning import words
from network_site.learning.models import CoursePage, LearningPage, ResourcePage

COURSE = "course"
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Item:
    """A course or a resource as lists show it; `topics` and `audiences` are names by slug, none for everybody."""

    pk: int
    kind: str
    title: str
    url: str
    summary: str
    makers: str
    provider: str
    provider_url: str
    is_free: bool
    cost: str
    topics: dict[str, str]
    audiences: dict[str, str]
    found_by: frozenset[str]
    length: str = ""
    starts: str = ""
    next_start_on: date | None = None
    year: int | None = None
    takes_away: str = ""
    course: int | None = None

    @property
    def is_course(self) -> bool:
        """Whether it is a course, which somebody teaches, or something to take away."""
        return self.kind == COURSE

    @property
    def kind_words(self) -> str:
        """What it is, in a word."""
        return _("Course") if self.is_course else str(ResourcePage.Kind(self.kind).label)

    @property
    def label(self) -> str:
        """The same with what it takes away and its year: "Toolkit, PDF, 2026"."""
        return ", ".join(part for part in (self.kind_words, self.takes_away, str(self.year or "")) if part)

    @property
    def topics_in_words(self) -> str:
        """What it is about."""
        return ", ".join(self.topics.values())

    @property
    def audiences_in_words(self) -> str:
        """For whom it is; empty where it is for everybody."""
        return ", ".join(self.audiences.values())

    @property
    def cost_words(self) -> str:
        """What it costs."""
        return words.cost(self.cost, is_free=self.is_free)

    def start(self, *, today: date) -> str:
        """When one can begin; empty for what is no course."""
        return words.start(self.starts, self.next_start_on, today=today) if self.is_course else ""

    def order(self, *, today: date) -> tuple[int, int, str]:
        """Its place: courses by their next start, those without one after them, then resources, the newest first."""
        if not self.is_course:
            return 3, -(self.year or 0), self.title.casefold()
        if self.next_start_on and self.next_start_on >= today:
            return 0, self.next_start_on.toordinal(), self.title.casefold()
        return 1 if self.starts == CoursePage.Starts.ANY_TIME else 2, 0, self.title.casefold()


def everything(path: str) -> list[Item]:
    """All that anybody may read, in no order.

    Args:
        path: the place in the tree of the page all of it stands under.
    """
    return remembered("learning.shelf", shown=[path], make=lambda: _read(path))


def shelf_of(page: LearningPage) -> list[Item]:
    """Everything on the shelf a page stands on; nothing for one that is not in the tree yet."""
    return everything(page.path[: -page.steplen]) if page.path else []


def _read(path: str) -> list[Item]:
    closed = closed_branches()
    pages = [page for model in (CoursePage, ResourcePage) for page in _pages(model, path)]
    return [item_of(page) for page in pages if not page.path.startswith(closed)]


def _pages(model: type[LearningPage], path: str) -> Iterable[LearningPage]:
    beside = ["provider", "document"] if model is ResourcePage else ["provider"]
    depth = len(path) // model.steplen + 1
    found = model.objects.live().filter(path__startswith=path, depth=depth).select_related(*beside)
    pages: Iterable[LearningPage] = found.prefetch_related("topics", "audiences").defer("body")
    return pages


def item_of(page: LearningPage) -> Item:
    """A page as an item of the shelf."""
    topics = {topic.slug: topic.name for topic in page.topics.all()}
    audiences = {audience.slug: audience.name for audience in page.audiences.all()}
    said = (page.title, page.summary, page.lead, page.makers, *topics.values(), *audiences.values())
    return Item(
        pk=page.pk or 0,
        title=page.title,
        url=str(page.url or ""),
        summary=page.summary or page.lead,
        makers=page.makers,
        is_free=page.is_free,
        cost=page.cost,
        topics=topics,
        audiences=audiences,
        found_by=frozenset(tokens(" ".join(said))),
        **_provider(page),
        **_own_facts(page),
    )


def _provider(page: LearningPage) -> dict[str, Any]:
    provider = page.provider
    return {"provider": provider.name if provider else "", "provider_url": provider.page_url if provider else ""}


def _own_facts(page: LearningPage) -> dict[str, Any]:
    if isinstance(page, CoursePage):
        return {
            "kind": COURSE,
            "length": words.length(page.weeks, page.hours),
            "starts": page.starts,
            "next_start_on": page.next_start_on,
        }
    assert isinstance(page, ResourcePage)  # noqa: S101  the shelf holds nothing else
    takes_away = page.document.file_extension.upper() if page.document else ""
    return {"kind": page.kind, "year": page.year, "takes_away": takes_away, "course": page.course_id}


def tokens(text: str) -> list[str]:
    """The words of a text without case and accents: "Café Leeds" gives "cafe", "leeds"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
