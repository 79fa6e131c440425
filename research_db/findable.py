"""What the site's search finds of the research database: each reading list, and beside its results the best records.

The records themselves have an index of their own, which is asked when somebody searches the site.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_site.base.gathering import grouped
from network_site.search import kinds
from network_site.search.beside import Beside, beside
from network_site.search.kinds import Document, Kind
from network_site.search.shown import Shown, marked
from network_site.search.words import understand
from research_db.finding import asking, index
from research_db.finding.criteria import Criteria
from research_db.finding.listing import Listing
from research_db.finding.results import Result
from research_db.models import ReadingList, ReadingListEntry, ResearchPage

BEST = 3
STAMP = ("pk", "slug", "title", "introduction", "last_published_at")


def stamps() -> Mapping[str, str]:
    """Every public reading list with what is in it; one query."""
    inside = ("entries__why", "entries__publication__title", "entries__publication__live")
    rows = ReadingList.objects.filter(live=True).order_by("pk", "entries__sort_order", "entries__pk")
    found = grouped((str(row[0]), row) for row in rows.values_list(*STAMP, *inside))
    return {key: repr(told) for key, told in found.items()}


def documents(keys: Collection[str]) -> Iterable[Document]:
    """These reading lists with the titles in them."""
    entries = ReadingListEntry.objects.filter(reading_list__in=map(int, keys), publication__live=True)
    inside: dict[int, list[str]] = defaultdict(list)
    for number, title, why in entries.values_list("reading_list", "publication__title", "why"):
        inside[number] += [title, why]
    for one in ReadingList.objects.filter(live=True, pk__in=keys):
        yield Document(
            key=str(one.pk),
            title=one.title,
            url=one.get_absolute_url(),
            summary=one.introduction,
            text="\n".join(inside.get(one.pk, [])),
        )


kinds.register(
    Kind(
        "lists",
        gettext_lazy("Reading lists"),
        gettext_lazy("Reading list"),
        stamps,
        documents,
        yarn="sage",
        order=45,
    )
)


@beside.add("research")
def publications(words: str) -> Beside | None:
    """The best publications for these words; nothing where no publication has them all."""
    home, now = ResearchPage.address(), index.site().now()
    criteria = Criteria(words=understand(words).typed)
    if not home or now is None or not criteria.words:
        return None
    answer = asking.answer(criteria, now)
    if not answer.count or answer.understood.is_loose or answer.understood.unknown:
        return None
    best = Listing(now, replace(answer, numbers=answer.numbers[:BEST])).results
    every = ngettext("%(count)s publication", "All %(count)s publications", answer.count)
    return Beside(
        key="research",
        label=_("In the research database"),
        count=answer.count,
        every=every % {"count": f"{answer.count:,}"},
        address=home + criteria.query,
        best=tuple(map(_shown, best)),
    )


def _shown(result: Result) -> Shown:
    line = marked(result.by, frozenset())
    return Shown(result.url, result.title, result.text, line, result.tag, yarn="sage")
