"""What stands round an article: who wrote it, what comes before and after it, what to read on."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from network_site.base.body import stored
from network_site.base.pages import closed_branches
from network_site.base.remembered import remembered
from network_site.news.models import Authorship, NewsPage, NewsQuerySet
from network_site.people.models import Person


@dataclass(frozen=True)
class ReadOn:
    """Another page to read: its title, its path and what it says of itself."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True)
class Reading:
    """An article's surroundings; `earlier` and `later` are its neighbours in time."""

    authors: tuple[Person, ...]
    earlier: ReadOn | None
    later: ReadOn | None
    related: tuple[ReadOn, ...]


def reading_of(article: NewsPage) -> Reading:
    """Everything round an article, as far as anybody may read it."""
    place = [article.path, article.published_on, article.pk]
    earlier, later = remembered("news.neighbours", shown=place, make=lambda: _neighbours(article))
    related = remembered("news.related", shown=stored(article.related), make=lambda: _related(article))
    return Reading(article.authors, earlier=earlier, later=later, related=related)


def _neighbours(article: NewsPage) -> tuple[ReadOn | None, ReadOn | None]:
    """The one before it and the one after it."""
    others = _beside(article)
    day, number = article.published_on, article.pk or 0
    before = others.filter(Q(published_on__lt=day) | Q(published_on=day, pk__lt=number)).first()
    after = others.filter(Q(published_on__gt=day) | Q(published_on=day, pk__gt=number))
    later = after.order_by("published_on", "pk").first()
    return before and _read_on(before), later and _read_on(later)


def _read_on(page: Page) -> ReadOn:
    return ReadOn(str(page.title), str(page.url), str(getattr(page, "summary", "")))


def authors_by_article(articles: list[NewsPage]) -> dict[int, list[Person]]:
    """Who wrote each of several published articles, in one question to the database."""
    found: dict[int, list[Person]] = {article.pk: [] for article in articles}
    for authorship in Authorship.objects.filter(page__in=found).select_related("person"):
        found[authorship.page_id].append(authorship.person)
    return found


def _related(article: NewsPage) -> tuple[ReadOn, ...]:
    return tuple(_read_on(page) for page in open_to_all([child.value for child in article.related]))


def open_to_all(pages: list[Page | None]) -> tuple[Page, ...]:
    """Those of the pages that are published and that anybody may read, with their own fields."""
    found = [page for page in pages if page is not None and page.live]
    if not found:
        return ()
    closed = closed_branches()
    readable = [page.pk for page in found if not page.path.startswith(closed)]
    specific = Page.objects.filter(pk__in=readable).specific().in_bulk()
    return tuple(specific[pk] for pk in readable)


def _beside(article: NewsPage) -> NewsQuerySet:
    """The readable articles of the same list; none for an article that is not in the tree yet."""
    if not article.path:
        return NewsPage.objects.none()
    found: NewsQuerySet = NewsPage.objects.sibling_of(article, inclusive=False).readable()
    return found
