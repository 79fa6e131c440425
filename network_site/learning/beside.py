"""What stands round a course or a resource."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from network_site.learning.filtering import like
from network_site.learning.models import LearningPage
from network_site.learning.shelf import Item, item_of, shelf_of


@dataclass(frozen=True)
class BoxLink:
    """Where a course box leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Box:
    """Which course something comes from, in the words of the course box of a page's body."""

    title: str
    made_by: str
    is_free: bool
    text: str
    link: BoxLink


@dataclass(frozen=True)
class Beside:
    """The page on the shelf, the course it comes from, what comes from it, and others about the same topics."""

    item: Item
    box: Box | None
    from_it: tuple[Item, ...]
    others: tuple[Item, ...]


def beside(page: LearningPage, *, is_draft: bool = False) -> Beside:
    """Everything round a page.

    Args:
        page: one of the shelf, or one that is still being written.
        is_draft: the page says something else than the shelf knows of it.
    """
    items = shelf_of(page)
    mine = (None if is_draft else _numbered(items, page.pk)) or item_of(page)
    course = _numbered(items, mine.course)
    from_it = tuple(item for item in items if page.pk and item.course == page.pk)
    others = like(mine, _but(items, from_it, course))
    return Beside(item=mine, box=box_of(course) if course else None, from_it=from_it, others=tuple(others))


def _numbered(items: list[Item], pk: int | None) -> Item | None:
    return next((item for item in items if item.pk == pk), None)


def _but(items: list[Item], from_it: tuple[Item, ...], course: Item | None) -> list[Item]:
    """The items that do not stand on the page anyway."""
    return [item for item in items if item not in from_it and item != course]


def box_of(course: Item) -> Box:
    """The course in its box."""
    link = BoxLink(_("See the course"), course.url)
    return Box(course.title, course.makers, course.is_free, course.summary, link)
