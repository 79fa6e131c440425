"""Telling saved searches of what is new: each of a thing once, whoever does it and however often it is begun.

What a search was told of is written in the transaction that promises the letter and says when it is looked at next.
Whoever is cut off before it has done nothing; whoever is cut off after it finds the search no longer due.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Min
from django.http import QueryDict

from network_site.base import bulk, stopping
from network_site.mail import outbox
from network_site.mail.models import OutgoingMail
from research_db.alerts.saving import ALERT, forget_unconfirmed, letter_key, pause
from research_db.alerts.times import next_time
from research_db.finding import asking, index
from research_db.finding.criteria import ADDED, NOT, Criteria, read
from research_db.finding.index import Now
from research_db.finding.vocabulary import Vocabulary
from research_db.models import Notice, Publication, SavedSearch, ToldOf

# What an address says besides facets.
WORDS = frozenset({"q", "all", "year", "strict", "exact", "sort", "page"})
What = ToldOf.What


@dataclass(frozen=True)
class Moment:
    """What every search of one run is told from.

    `since`: nothing that came before it could be new to anybody. `came`: when each public publication first came here,
    of those that came later. `retracted`: public publications with a notice of retraction.
    """

    at: datetime
    since: datetime
    index: Now
    came: Mapping[int, datetime]
    retracted: frozenset[int]


def run(now: datetime) -> int:
    """Tell every saved search that is due; gives how many letters were promised. The same search is asked once."""
    forget_unconfirmed(now=now)
    due = list(SavedSearch.objects.filter(next_at__lte=now).order_by("query_key", "pk").values_list("query", "pk"))
    moment = _moment(now) if due else None
    if moment is None:
        return 0
    promised = 0
    for query, searches in groupby(due, key=lambda row: row[0]):
        fitting = fits(query, moment)
        for _query, pk in searches:
            if stopping.is_asked():
                return promised
            promised += tell(pk, fitting, moment)
    return promised


def _moment(now: datetime) -> Moment | None:
    """Everything as it is now; None while a host's first index is being made, and then nobody is told anything yet."""
    site = index.site()
    site.catch_up_with_all()
    found = site.now()
    first = SavedSearch.objects.filter(next_at__lte=now).aggregate(first=Min("confirmed_at"))["first"]
    if found is None or first is None:
        return None
    public = Publication.objects.public()
    came = public.filter(first_published_at__gt=first).values_list("pk", "first_published_at")
    retracted = Notice.objects.filter(kind=Notice.Kind.RETRACTION, publication__in=public)
    return Moment(now, first, found, dict(came), frozenset(retracted.values_list("publication", flat=True)))


def fits(query: str, moment: Moment) -> frozenset[int]:
    """What may be new and fits; words are meant as they stand, and nothing fits what asks for a term that is gone."""
    criteria = criteria_of(query, moment.index.vocabulary)
    if criteria is None or not moment.came:
        return frozenset()
    wanted = replace(criteria, sort=ADDED, is_exact=True)
    return frozenset(asking.every_number(wanted, moment.index, since=moment.since)) & moment.came.keys()


def criteria_of(query: str, vocabulary: Vocabulary) -> Criteria | None:
    """What a saved address asks today; None where it cannot be asked any more.

    A term that another one replaced is that one. One that is gone is a term which no publication has: beside others
    it makes no difference, but without it the search would find more than was ever asked for.
    """
    asked = QueryDict(query.removeprefix("?"))
    facets = {name: slugs for name, slugs in asked.lists() if name not in WORDS and not name.startswith(NOT)}
    everything = asked.getlist("all")
    is_asked = all(_can_be_asked(vocabulary, *one, takes_all=one[0] in everything) for one in facets.items())
    return read(asked, vocabulary) if is_asked else None


def _can_be_asked(vocabulary: Vocabulary, facet: str, slugs: list[str], *, takes_all: bool) -> bool:
    known = [slug for slug in slugs if vocabulary.final((facet, slug)) in vocabulary.entries]
    return len(known) == len(slugs) if takes_all else bool(known)


@transaction.atomic(durable=True)
def tell(pk: int, fitting: Iterable[int], moment: Moment) -> bool:
    """Write down what one search is told of now, and promise the letter; False where there is nothing to tell.

    The first statement takes the search: another worker waits for it and then finds that it is not due.
    """
    search = _take(pk, now=moment.at)
    if search is None:
        return False
    if _came_back(search):
        pause(search, now=moment.at)
        return False
    number = search.letters + 1
    news = _news(search, fitting, moment, number)
    if not news:
        return False
    bulk.insert(news)
    SavedSearch.objects.filter(pk=pk).update(letters=number)
    key = letter_key(ALERT, pk, number)
    return outbox.queue(ALERT, to=search.email, dedupe_key=key, payload={"search": pk, "letter": number})


def _take(pk: int, *, now: datetime) -> SavedSearch | None:
    search = SavedSearch.objects.filter(pk=pk, next_at__lte=now).first()
    if search is None:
        return None
    again = next_time(search.frequency, after=now)
    is_ours = SavedSearch.objects.filter(pk=pk, next_at=search.next_at, letters=search.letters).update(next_at=again)
    return search if is_ours else None


def _came_back(search: SavedSearch) -> bool:
    """Whether its last letter could not be delivered: a dead address is not written to every week."""
    last = OutgoingMail.objects.filter(dedupe_key=letter_key(ALERT, search.pk, search.letters))
    return last.filter(status=OutgoingMail.Status.FAILED).exists()


def _news(search: SavedSearch, fitting: Iterable[int], moment: Moment, number: int) -> list[ToldOf]:
    """What it is told of now: new ones, and which of those it was told of are retracted since."""
    known, warned = _told(search)
    confirmed_at = search.confirmed_at or moment.at
    new = {one for one in fitting if moment.came[one] > confirmed_at} - known
    # A new one that is retracted already is shown as such: that is not told a second time.
    retracted = ((known | new) & moment.retracted) - warned
    whats = [*((What.NEW, one) for one in sorted(new)), *((What.RETRACTED, one) for one in sorted(retracted))]
    return [ToldOf(search=search, publication_id=one, what=what, letter=number) for what, one in whats]


def _told(search: SavedSearch) -> tuple[set[int], set[int]]:
    """What it was told of as new, and as retracted. Who knows a record that was merged into another knows that too."""
    told: dict[str, set[int]] = {What.NEW: set(), What.RETRACTED: set()}
    rows = (
        ToldOf.objects.filter(search=search).order_by().values_list("what", "publication", "publication__merged_into")
    )
    for what, *known in rows:
        told[what].update(filter(None, known))
    return told[What.NEW], told[What.RETRACTED]
