"""A saved search from the asking to the stopping; with its end everything of it goes, the address too."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from network_site.base import audit
from network_site.base.dates import LONDON
from network_site.base.offers import forgetting
from network_site.mail import outbox
from network_site.mail.forgetting import NOBODY, forget
from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from research_db.alerts.times import next_time
from research_db.finding.criteria import Criteria
from research_db.finding.vocabulary import Vocabulary
from research_db.finding.wording import in_words
from research_db.models import SavedSearch

ASKED, ALERT = "research.asked", "research.alert"
KEEP_UNCONFIRMED_DAYS = 7
A_DAY = timedelta(days=1)
# Searches of one address that wait for a yes, however often somebody types it in: each of them is a letter.
MOST_A_DAY = 5
AT_ONCE = 100


def letter_key(kind: str, search: int, number: object) -> str:
    """What the outbox knows a letter of a saved search by."""
    return f"{kind}:{search}:{number}"


def ask(criteria: Criteria, *, email: str, frequency: str, vocabulary: Vocabulary, now: datetime) -> None:
    """Keep what somebody asks for and promise a letter that asks back; whoever asks learns nothing about the address.

    The same search of the same address is one. It gets one letter a day, and an address no more than `MOST_A_DAY`.
    """
    wanted = written(criteria, email=email, frequency=frequency, vocabulary=vocabulary, now=now)
    search = _known(wanted) or _new(wanted)
    if search is None:
        return
    with transaction.atomic():
        unconfirmed = SavedSearch.objects.filter(pk=search.pk, confirmed_at=None)
        unconfirmed.update(asked_at=now, frequency=frequency)
        today = now.astimezone(LONDON).date().isoformat()
        outbox.queue(
            ASKED, to=search.email, dedupe_key=letter_key(ASKED, search.pk, today), payload={"search": search.pk}
        )


def written(
    criteria: Criteria, *, email: str, frequency: str, vocabulary: Vocabulary, now: datetime
) -> SavedSearch:  # fmt: skip
    """A search as it is kept, not kept yet."""
    lasting = criteria.lasting
    return SavedSearch(
        email=email,
        query=lasting.query,
        query_key=SavedSearch.key_of(lasting.query),
        words=in_words(lasting, vocabulary),
        frequency=frequency,
        asked_at=now,
    )


def _known(search: SavedSearch) -> SavedSearch | None:
    return SavedSearch.objects.filter(email__iexact=search.email, query_key=search.query_key).first()


def _new(search: SavedSearch) -> SavedSearch | None:
    """Kept, unless the address was asked for often today."""
    waiting = SavedSearch.objects.filter(email__iexact=search.email, confirmed_at=None)
    if waiting.filter(asked_at__gt=search.asked_at - A_DAY).count() >= MOST_A_DAY:
        return None
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:  # asked for twice at once
        return _known(search)
    return search


def confirm(search: SavedSearch, *, now: datetime) -> None:
    """From now on it is told of what is new; again changes nothing."""
    _change(search, Q(confirmed_at=None), confirmed_at=now, next_at=next_time(search.frequency, after=now))


def change(search: SavedSearch, *, frequency: str, now: datetime) -> None:
    """Another frequency, from the next suitable morning."""
    _change(search, Q(next_at__isnull=False), frequency=frequency, next_at=next_time(frequency, after=now))
    _change(search, Q(next_at=None), frequency=frequency)


def pause(search: SavedSearch, *, now: datetime) -> None:
    """No letters until it is resumed; what comes meanwhile is in the first one then."""
    _change(search, Q(next_at__isnull=False), paused_at=now, next_at=None)


def resume(search: SavedSearch, *, now: datetime) -> None:
    """Letters again. A number is left out, so that a letter which could not be delivered is not held against it."""
    again = next_time(search.frequency, after=now)
    _change(search, Q(paused_at__isnull=False), paused_at=None, next_at=again, letters=F("letters") + 1)


def _change(search: SavedSearch, where: Q, **changes: object) -> None:
    """Change it where it still stands as the caller thinks; one statement, whatever others do."""
    SavedSearch.objects.filter(where, pk=search.pk).update(**changes)


def stop(token: str) -> bool:
    """End a saved search by its secret and forget all of it; False where there is none, which is as good."""
    with transaction.atomic():
        return bool(_forget(SavedSearch.objects.filter(token=token).values_list("pk", flat=True)))


@forgetting.add("research_db.alerts")
def stop_all(email: str, *, by: User | None) -> int:
    """End every saved search of a person who asks for it; returns how many."""
    with transaction.atomic():
        number = _forget(SavedSearch.objects.filter(email__iexact=email).values_list("pk", flat=True))
        if number:
            audit.record("stopped on request", subject="research:saved searches", by=by, number=number)
    return number


def forget_unconfirmed(*, now: datetime) -> int:
    """Forget what nobody confirmed for days; returns how many."""
    old = SavedSearch.objects.filter(confirmed_at=None, asked_at__lt=now - timedelta(days=KEEP_UNCONFIRMED_DAYS))
    done = 0
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            done += _forget(old.filter(pk__in=some).values_list("pk", flat=True))
    return done


def _forget(wanted: Iterable[int]) -> int:
    """Forget these and to whom their letters went. First come their own rows: whoever writes to them is waited for."""
    found = list(SavedSearch.objects.select_for_update().filter(pk__in=wanted).values_list("pk", flat=True))
    if not found:
        return 0
    keys = (Q(dedupe_key__startswith=letter_key(kind, pk, "")) for pk in found for kind in (ASKED, ALERT))
    letters = OutgoingMail.objects.filter(reduce(or_, keys))
    forget(letters, sentence=_("A letter of a saved search that is stopped did not arrive."), why=_("Stopped."))
    letters.update(to=NOBODY)
    SavedSearch.objects.filter(pk__in=found).delete()
    return len(found)
