"""The worker dies after any commit, or two are at it at once: every search is told of everything once."""

import os
import threading
from collections.abc import Iterable
from datetime import datetime

import pytest
from django.db import connection, connections, transaction

from network_site.mail.models import OutgoingMail
from research_db.alerts import running, saving
from research_db.alerts.running import Moment
from research_db.models import SavedSearch, ToldOf
from tests.races.crowd import at_once
from tests.races.test_killed import Killed, _end_of, dying_at, raise_killed
from tests.research_db.alerts.conftest import A_DAY, NOW, assert_promised_once, letters, publish, run, saved

pytestmark = pytest.mark.usefixtures("real_db")
TOMORROW = NOW + A_DAY
TITLES = {"Walking", "Walking on"}


def three() -> list[SavedSearch]:
    searches = [saved("q=walking", f"p{number}@example.org") for number in range(2)]
    searches.append(saved("", "all@example.org"))
    for title in sorted(TITLES):
        publish(title)
    return searches


@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
def test_dying_at_any_commit_tells_everything_once(before: bool) -> None:
    commit, was_killed = 0, True
    while was_killed:
        commit += 1
        SavedSearch.objects.all().delete()
        OutgoingMail.objects.all().delete()
        searches = three()
        with dying_at(commit, before=before, die=raise_killed):
            try:
                run()
                was_killed = False
            except Killed:
                pass
        told_before = letters()
        run()
        run()
        assert letters()[: len(told_before)] == told_before
        assert sorted(letters()) == ["all@example.org", "p0@example.org", "p1@example.org"]
        assert_promised_once(searches, [*TITLES] * commit)
        assert run(2) == 0
    # A run without commits would prove nothing.
    assert commit > 3


def live_until(commit: int) -> None:
    connections.close_all()
    with dying_at(commit, before=False, die=lambda: os._exit(9)):
        run()
    connections.close_all()
    os._exit(0)


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("commit", [1, 2, 3])
def test_a_worker_that_is_really_gone_is_followed_by_one_that_goes_on(commit: int) -> None:
    searches = three()
    assert _end_of(lambda: live_until(commit)) == 9
    assert len(letters()) == commit
    run()
    assert run(2) == 0
    assert_promised_once(searches, TITLES)


def moment() -> Moment:
    found = running._moment(TOMORROW)
    assert found
    return found


def test_two_workers_at_once_tell_each_search_once() -> None:
    searches = three()
    common = moment()
    fitting = {search.pk: running.fits(search.query, common) for search in searches}

    def work() -> str:
        # Both saw the same searches due, as after a lease that ran out.
        return str(sum(running.tell(pk, fits, common) for pk, fits in fitting.items()))

    connection.close()
    answers = at_once([work, work, work])
    assert sum(int(said) * times for said, times in answers.items()) == 3
    assert_promised_once(searches, TITLES)


def test_without_taking_it_first_both_would_tell_and_the_database_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both look before either writes. Only the unique constraints stand between that and two letters."""
    search = saved("q=walking")
    publish("Walking")
    common = moment()
    fitting = running.fits(search.query, common)
    both_have_looked = threading.Barrier(2)
    really = running._news

    def look_only(pk: int, *, now: datetime) -> SavedSearch:
        return SavedSearch.objects.get(pk=pk)

    def look_together(*args: object) -> list[tuple[str, int]]:
        found = really(*args)  # type: ignore[arg-type]
        both_have_looked.wait(60)
        return found

    monkeypatch.setattr(running, "_take", look_only)
    monkeypatch.setattr(running, "_news", look_together)
    # On SQLite a transaction begins with the only write lock, so this mistake is made outside one.
    monkeypatch.setattr(running, "tell", running.tell.__wrapped__)

    def work() -> str:
        try:
            return str(running.tell(search.pk, fitting, common))
        except Exception as error:
            return type(error).__name__

    connection.close()
    assert at_once([work, work]) == {"True": 1, "IntegrityError": 1}
    assert ToldOf.objects.count() == OutgoingMail.objects.filter(kind="research.alert").count() == 1


def test_stopping_while_a_letter_is_promised_leaves_nothing_behind() -> None:
    search = saved("q=walking")
    publish("Walking")
    common = moment()
    fitting: Iterable[int] = running.fits(search.query, common)
    connection.close()
    at_once([lambda: str(running.tell(search.pk, fitting, common)), lambda: str(saving.stop(search.token))])
    assert not SavedSearch.objects.exists()
    assert not ToldOf.objects.exists()
    assert not OutgoingMail.objects.filter(to="ada@example.org").exists()


def test_the_same_search_asked_for_twice_at_once_is_one() -> None:
    connection.close()

    def work() -> str:
        return saved("q=walking").email

    assert at_once([work, work]) == {"ada@example.org": 2}
    assert SavedSearch.objects.count() == 1
    with transaction.atomic():
        assert letters("research.asked") == ["ada@example.org"]
