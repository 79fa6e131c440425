"""What the world is told of one address: its title, its sentence, its dates, the way to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.base.crumbs import Crumb, breadcrumbs
from network_site.base.languages import language_of
from network_site.sharing.registry import ByModel


@dataclass(frozen=True)
class Shared:
    """One address as others see it.

    Args:
        title: without the site's name.
        description: a sentence or two; empty where nobody wrote one.
        path: from the site's root, such as "/about/".
        kind: Open Graph's type.
        language: of its words, as a tag such as "en-GB".
        way: from home down to it; empty for home itself.
        elsewhere: the same page in other languages and in this one, each with its full address; empty without others.
        picture: an editor's own picture for it.
    """

    title: str
    description: str
    path: str
    kind: str = "website"
    language: str = "en-GB"
    way: tuple[Crumb, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    picture: Any = None
    published_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def url(self) -> str:
        """The one full address."""
        return f"{settings.SITE_URL}{self.path}"

    @property
    def is_home(self) -> bool:
        """Whether it is the first page of the site."""
        return self.path == "/"


# A room whose addresses are not pages of the tree says here what they are.
tells: ByModel[Callable[[Any], Shared]] = ByModel()


def shared(thing: Any) -> Shared:
    """What to tell of a page, or of anything else a room registered."""
    said = tells.of(thing)
    if said is None:
        raise LookupError(f"Nobody says how {type(thing).__name__} is shared.")
    return said(thing)


@tells(Page)
def page(page: Page) -> Shared:
    """A page of the tree; its own words for search engines come before its title and summary."""
    way = tuple(breadcrumbs(page))
    return Shared(
        title=str(page.seo_title or page.title),
        description=str(getattr(page, "description", page.search_description) or usual_description()),
        path=path_of(page),
        kind="article" if getattr(page, "is_article", False) else "website",
        language=language_of(page),
        way=way,
        elsewhere=tuple(translations(page)) if settings.WAGTAIL_I18N_ENABLED else (),
        picture=getattr(page, "social_image", None),
        published_at=page.first_published_at,
        changed_at=page.last_published_at,
    )


def translations(page: Page) -> Iterator[tuple[str, str]]:
    """Language and address of each version of a page anybody may read; nothing while there is only one."""
    found = list(page.get_translations(inclusive=True).live().public())
    for version in found if len(found) > 1 else ():
        yield language_of(version), f"{settings.SITE_URL}{path_of(version)}"


class Whole:
    """The site itself: what an address is shared as that has no row behind it, such as a list."""

    pk = 0


def usual_description() -> str:
    """What is said of a page nobody described."""
    return _("The network of the people who link people with help close to home.")


def path_of(page: Page) -> str:
    """The page's path; the site's root where it has none, such as a draft that is previewed."""
    parts = page.get_url_parts()
    return str(parts[2]) if parts and parts[2] else "/"
