"""Telling saved searches what is new: 2,000 of them, 300 different ones, at 100,000 publications.

A run is what the worker does of a morning. Beside it stands what cannot be done without: asking the engine each
different search once, and writing what three tables must hold of each letter. Times are of this process's CPU; on
PostgreSQL the server's are added.
"""

import os
import sys
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice

from bench import measure, site
from bench.research_search import NUMBER, fill, questions

SEARCHES, DIFFERENT = int(os.environ.get("BENCH_SAVED_SEARCHES", "2000")), 300
A_TENTH = 10
A_DAY = timedelta(days=1)
# Of all publications, one in so many came since the searches were saved; the others came long before.
ONE_IN = 400
# What one of all searches may cost against one of a tenth of them, and against the floor; milliseconds without news.
GROWTH, MOST_BEYOND_FLOOR, SILENCE = 1.5, 3.0, 3.0


def make(now: datetime) -> None:
    """The publications, some of them new, and their index."""
    from research_db.finding import index
    from research_db.models import Publication

    fill()
    Publication.objects.update(first_published_at=now - 30 * A_DAY)
    new = Publication.objects.public().order_by("pk").values_list("pk", flat=True)[::ONE_IN]
    Publication.objects.filter(pk__in=list(new)).update(first_published_at=now - A_DAY)
    index.site().make_anew()


def save(number: int, now: datetime) -> None:
    """So many searches, confirmed a week ago and due now, in place of those there are; one in some is different."""
    from django.http import QueryDict

    from network_site.mail.models import OutgoingMail
    from research_db.alerts.saving import written
    from research_db.finding.criteria import read
    from research_db.finding.vocabulary import load
    from research_db.models import SavedSearch

    SavedSearch.objects.all().delete()
    OutgoingMail.objects.all().delete()
    vocabulary, saved_at = load(), now - 7 * A_DAY
    asked = dict.fromkeys(read(QueryDict(one), vocabulary).lasting for one in questions(2 * DIFFERENT))
    different = islice(asked, DIFFERENT * number // SEARCHES)
    made = [
        written(criteria, email=f"p{place}@example.org", frequency="daily", vocabulary=vocabulary, now=saved_at)
        for place, criteria in enumerate(islice(cycle(different), number))
    ]
    for search in made:
        search.confirmed_at, search.next_at = saved_at, now
    SavedSearch.objects.bulk_create(made)


def floor(now: datetime) -> None:
    """The searches asked once, each for what is new, and a transaction a letter with the rows that tell of it."""
    from django.db import transaction

    from network_site.base import bulk
    from network_site.mail.models import OutgoingMail
    from research_db.alerts import running
    from research_db.models import SavedSearch, ToldOf

    moment = running._moment(now)
    assert moment is not None
    fitting = {query: running.fits(query, moment) for query in {one.query for one in SavedSearch.objects.all()}}
    for search in SavedSearch.objects.all():
        new = fitting[search.query]
        if new:
            with transaction.atomic():
                bulk.insert(
                    ToldOf, [{"search_id": search.pk, "publication_id": one, "what": "new", "letter": 1} for one in new]
                )
                SavedSearch.objects.filter(pk=search.pk).update(letters=1, next_at=now + A_DAY)
                OutgoingMail.objects.create(
                    kind="bench", to=search.email, dedupe_key=f"bench:{search.pk}", queued_at=now, next_attempt_at=now
                )


def run(kind: str, server: int | None) -> bool:
    """Make everything, run and report; in a process of its own."""
    import django

    django.setup()
    from django.utils import timezone

    from research_db.alerts import running
    from research_db.models import ToldOf

    milliseconds = partial(measure.milliseconds, server=server)
    now = timezone.now()
    make(now)
    save(SEARCHES // A_TENTH, now)
    running.run(now)  # what is loaded once is loaded now
    save(SEARCHES // A_TENTH, now)
    few = milliseconds(lambda: running.run(now)) * A_TENTH / SEARCHES
    save(SEARCHES, now)
    least = milliseconds(lambda: floor(now)) / SEARCHES
    save(SEARCHES, now)
    letters: list[int] = []
    each = milliseconds(lambda: letters.append(running.run(now))) / SEARCHES
    told = ToldOf.objects.count()
    silent = milliseconds(lambda: letters.append(running.run(now + 2 * A_DAY))) / SEARCHES
    assert letters[0] > letters[1] == 0, letters
    return measure.report(
        f"{SEARCHES:,} saved searches at {NUMBER:,} publications on {kind}, CPU in milliseconds a search",
        [
            (f"told: {letters[0]:,} letters of {told:,} publications", f"{each:.1f}", "", None),
            ("asking and writing alone", f"{least:.1f}", "", None),
            (
                "a run against that",
                f"{each / least:.2f}",
                f"at most {MOST_BEYOND_FLOOR:.0f}",
                each <= MOST_BEYOND_FLOOR * least,
            ),
            ("one among all against one among a tenth", f"{each / few:.2f}", f"at most {GROWTH}", each <= GROWTH * few),
            ("without news", f"{silent:.1f}", f"< {SILENCE:.0f}", silent < SILENCE),
        ],
    )


def main() -> int:
    """Both databases, or the one named."""
    if sys.argv[1:2] == ["inside"]:
        return 0 if run(sys.argv[2], int(sys.argv[3]) or None) else 1
    return site.on_each("bench.alerts")


if __name__ == "__main__":
    raise SystemExit(main())
