"""A saved search from the asking to the stopping, and what of it is forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from network_site.base.incidents import open_incident
from network_site.base.models import AuditEntry, Incident
from network_site.contact.domain.erasure import erase_person
from network_site.mail.forgetting import NOBODY
from network_site.mail.models import OutgoingMail
from research_db.alerts import running, saving
from research_db.models import SavedSearch, ToldOf
from tests.research_db.alerts.conftest import A_DAY, NOW, ask, letters, publish, run, saved

pytestmark = pytest.mark.django_db


def again(search: SavedSearch) -> SavedSearch:
    search.refresh_from_db()
    return search


def test_asking_keeps_the_search_and_asks_back_and_nothing_else() -> None:
    ask("sort=title&page=3&q=walking&kind=video&not.kind=review&year=2015..&kind=nonsense", often="monthly")
    search = SavedSearch.objects.get()
    assert (search.query, search.words) == ("?q=walking&kind=video&not.kind=review&year=2015..", "“walking”, Film, not Review, from 2015")  # fmt: skip
    assert (search.frequency, search.confirmed_at, search.next_at, len(search.token)) == ("monthly", None, None, 22)
    assert letters("research.asked") == ["ada@example.org"]


def test_the_same_search_of_an_address_is_one_whatever_its_order_and_letters() -> None:
    ask("q=walking&kind=review", "ada@example.org")
    ask("kind=review&q=walking&sort=oldest", "ADA@example.org", often="weekly")
    assert [search.frequency for search in SavedSearch.objects.all()] == ["weekly"]
    assert len(letters("research.asked")) == 1
    ask("q=walking&kind=review", now=NOW + A_DAY)
    assert len(letters("research.asked")) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(email="aDa@example.org", query_key=SavedSearch.objects.get().query_key, asked_at=NOW)


def test_asking_again_for_what_is_on_changes_nothing() -> None:
    search = saved("q=walking", often="weekly")
    ask("q=walking", often="daily", now=NOW + A_DAY)
    assert again(search).frequency == "weekly"
    assert search.asked_at == NOW


def test_an_address_gets_few_letters_however_often_it_is_typed_in() -> None:
    for number in range(9):
        ask(f"q=walking{number}", "Victim@example.org" if number % 2 else "victim@example.org")
    assert len(letters("research.asked")) == saving.MOST_A_DAY == SavedSearch.objects.count()
    ask("q=another", "victim@example.org", now=NOW + A_DAY)
    assert len(letters("research.asked")) == saving.MOST_A_DAY + 1


def test_who_says_yes_may_save_many() -> None:
    for number in range(9):
        saved(f"q=walking{number}")
    assert SavedSearch.objects.exclude(confirmed_at=None).count() == 9


# From where, what is done, and where that leads: confirmed, paused, due.
UNCONFIRMED, ON, PAUSED = (False, False, False), (True, False, True), (True, True, False)


@pytest.mark.parametrize(
    ("start", "deed", "end"),
    [
        (UNCONFIRMED, saving.confirm, ON),
        (UNCONFIRMED, saving.pause, UNCONFIRMED),
        (UNCONFIRMED, saving.resume, UNCONFIRMED),
        (ON, saving.confirm, ON),
        (ON, saving.pause, PAUSED),
        (ON, saving.resume, ON),
        (PAUSED, saving.confirm, PAUSED),
        (PAUSED, saving.pause, PAUSED),
        (PAUSED, saving.resume, ON),
    ],
)
def test_every_state_and_every_deed(start, deed, end) -> None:
    ask()
    search = SavedSearch.objects.get()
    if start != UNCONFIRMED:
        saving.confirm(search, now=NOW)
    if start == PAUSED:
        saving.pause(search, now=NOW)
    deed(search, now=NOW + A_DAY)
    again(search)
    assert (bool(search.confirmed_at), bool(search.paused_at), bool(search.next_at)) == end
    if start == ON and deed is saving.confirm:
        assert search.confirmed_at == NOW


@pytest.mark.parametrize("is_paused", [False, True])
def test_another_frequency_holds_at_once_and_wakes_nothing(is_paused: bool) -> None:
    search = saved(often="daily")
    if is_paused:
        saving.pause(search, now=NOW)
    saving.change(search, frequency="monthly", now=NOW)
    again(search)
    assert search.frequency == "monthly"
    assert (search.next_at and search.next_at.date().isoformat()) == (None if is_paused else "2027-04-01")


@pytest.mark.parametrize(
    "broken",
    [
        {"next_at": NOW},
        {"paused_at": NOW},
        {"letters": 1},
        {"confirmed_at": NOW},
        {"confirmed_at": NOW, "paused_at": NOW, "next_at": NOW},
        {"frequency": "hourly"},
    ],
)
def test_the_database_refuses_what_cannot_be(broken: dict[str, object]) -> None:
    ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.update(**broken)


def test_what_nobody_confirmed_is_forgotten_with_its_address() -> None:
    ask("q=walking")
    mail = OutgoingMail.objects.get()
    OutgoingMail.objects.update(status="sent", sent_at=NOW, message_id="<a@b>", next_attempt_at=None)
    kept = saved("q=singing", "bo@example.org")
    running.run(NOW + timedelta(days=7))
    assert SavedSearch.objects.count() == 2
    running.run(NOW + timedelta(days=7, minutes=1))
    assert list(SavedSearch.objects.all()) == [kept]
    mail.refresh_from_db()
    assert mail.to == NOBODY
    assert saving.forget_unconfirmed(now=NOW + 99 * A_DAY) == 0


def test_stopping_deletes_the_address_everywhere() -> None:
    search, other = saved("q=walking"), saved("q=walking", "bo@example.org")
    publish("Walking")
    run()
    sent = OutgoingMail.objects.get(dedupe_key=f"research.alert:{search.pk}:1")
    OutgoingMail.objects.filter(pk=sent.pk).update(status="failed", error="550 ada@example.org", next_attempt_at=None)
    open_incident(
        "mail.failed", subject=sent.subject_key, sentence="To ada@example.org.", data={"a": "ada@example.org"}
    )
    assert saving.stop(search.token)
    assert not saving.stop(search.token)
    assert list(SavedSearch.objects.all()) == [other]
    assert set(ToldOf.objects.values_list("search", flat=True)) == {other.pk}
    for row in [*OutgoingMail.objects.values(), *Incident.objects.values(), *AuditEntry.objects.values()]:
        assert "ada@" not in str(row)
    # What had not left does not leave; the other's letters are untouched.
    assert not OutgoingMail.objects.filter(dedupe_key=f"research.asked:{search.pk}:2027-03-03").exists()
    assert letters() == [NOBODY, "bo@example.org"]


def test_a_search_stopped_beside_one_whose_number_begins_alike() -> None:
    searches = [saved(f"q=w{number}") for number in range(12)]
    saving.stop(searches[0].token)
    assert len(letters("research.asked")) == 11


def test_a_letter_at_the_very_moment_of_stopping_is_not_tried_again() -> None:
    search = saved("q=walking")
    publish("Walking")
    run()
    OutgoingMail.objects.filter(kind="research.alert").update(status="sending", claimed_at=NOW, attempts=1)
    saving.stop(search.token)
    assert letters() == []


def test_a_privacy_request_stops_everything_of_an_address() -> None:
    for query in ("q=walking", "q=singing"):
        saved(query)
    saved("q=walking", "bo@example.org")
    assert saving.stop_all("ADA@example.org", by=None) == 2
    assert AuditEntry.objects.get(verb="stopped on request").data == {"number": 2}
    assert saving.stop_all("ADA@example.org", by=None) == 0
    assert AuditEntry.objects.filter(verb="stopped on request").count() == 1
    assert [search.email for search in SavedSearch.objects.all()] == ["bo@example.org"]


def test_erasing_a_person_who_wrote_to_us_covers_their_saved_searches() -> None:
    saved("q=walking")
    assert erase_person("Ada@example.org", by=None, now=NOW) == 0
    assert not SavedSearch.objects.exists()
    saved("q=walking")
    erase_person("", by=None, now=NOW)
    assert SavedSearch.objects.count() == 1
