"""Telling saved searches of what is new: each of a thing once, whoever does it and however often it is begun.

What a search was told of is written in the transaction that promises the letter and says when it is looked at next.
Whoever is cut off before it has done nothing; whoever is cut off after it finds the search no longer due.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Min
from django.http import QueryDict

from network_site.base import bulk, stopping
from network_site.base.gathering import in_chunks
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
# So many searches are looked at together; only those that have something to be told are taken one by one.
AT_ONCE = 100
What = ToldOf.What
# What a search was told of as new, and what as retracted.
Told = Mapping[str, set[int]]


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
    due = list(SavedSearch.objects.filter(next_at__lte=now).order_by("query_key", "pk").values_list("pk", flat=True))
    moment = _moment(now) if due else None
    if moment is None:
        return 0
    promised, quiet = 0, []
    for query, searches in groupby(_with_told(due), key=lambda one: one[0].query):
        fitting = fits(query, moment)
        for search, told in searches:
            if stopping.is_asked():
                return promised
            if _news(search, told, fitting, moment):
                promised += tell(search.pk, fitting, moment)
            else:
                quiet.append(search.pk)
    _move_on(quiet, now=now)
    return promised


def _with_told(due: Sequence[int]) -> Iterator[tuple[SavedSearch, Told]]:
    """These searches with what they were told of, as they are when it is their turn; two queries for some at once."""
    for some in in_chunks(due, AT_ONCE):
        searches, told = SavedSearch.objects.in_bulk(some), _told(some)
        yield from ((searches[pk], told[pk]) for pk in some if pk in searches)


def _move_on(quiet: Sequence[int], *, now: datetime) -> None:
    """There was nothing to tell these of; whoever was told by another worker or changed meanwhile is no longer due."""
    for some in in_chunks(quiet, AT_ONCE):
        due = SavedSearch.objects.filter(pk__in=some, next_at__lte=now)
        for frequency in SavedSearch.Frequency.values:
            due.filter(frequency=frequency).update(next_at=next_time(frequency, after=now))


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
    news = _news(search, _told([pk])[pk], fitting, moment)
    if not news:
        return False
    number = search.letters + 1
    bulk.insert(
        ToldOf, [{"search_id": pk, "publication_id": one, "what": what, "letter": number} for what, one in news]
    )
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
    return bool(search.letters) and last.filter(status=OutgoingMail.Status.FAILED).exists()


def _news(search: SavedSearch, told: Told, fitting: Iterable[int], moment: Moment) -> list[tuple[str, int]]:
    """What its next letter tells of: new ones, and which of those it was told of are retracted since."""
    known, warned = told[What.NEW], told[What.RETRACTED]
    confirmed_at = search.confirmed_at or moment.at
    new = {one for one in fitting if moment.came[one] > confirmed_at} - known
    # A new one that is retracted already is shown as such: that is not told a second time.
    retracted = ((known | new) & moment.retracted) - warned
    return [*((What.NEW, one) for one in sorted(new)), *((What.RETRACTED, one) for one in sorted(retracted))]


def _told(searches: Sequence[int]) -> Mapping[int, Told]:
    """What each was told of. Whoever knows a record that was merged into another knows the other too."""
    found: dict[int, dict[str, set[int]]] = {pk: {What.NEW: set(), What.RETRACTED: set()} for pk in searches}
    rows = ToldOf.objects.filter(search__in=searches).order_by()
    for search, what, *known in rows.values_list("search", "what", "publication", "publication__merged_into"):
        found[search][what].update(filter(None, known))
    return found
