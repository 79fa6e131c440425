"""The queue of records that may be one: how it fills, what it shows, and what each answer does."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network_site.people.models import User
from network_site.schedule import JOBS
from research_db.admin.duplicates import BACK
from research_db.domain import duplicates
from research_db.domain.burying import bury
from research_db.domain.merging import keep_apart, merge
from research_db.models import Contribution, DuplicatePair, Identifier, Publication
from tests.research_db.imports.test_desk import logged, words

pytestmark = pytest.mark.django_db
INDEX = "/admin/research/duplicates/"
TITLE = "Does a link worker change how often people see a doctor?"


def written(title: str = TITLE, **facts: object) -> Publication:
    one = Publication.objects.create(title=title, **{"year": 2024, **facts})
    Contribution.objects.create(publication=one, family="Price", given="Bo")
    return one


@pytest.fixture
def pair() -> DuplicatePair:
    first, second = written(live=True), written(TITLE.replace("people", "patients"), abstract="They came less often.")
    assert duplicates.look() == 1
    return DuplicatePair.objects.get(first=first, second=second)


@pytest.mark.parametrize(
    ("other", "is_asked"),
    [
        ({"title": TITLE}, True),
        ({"title": TITLE.upper()}, True),
        ({"title": TITLE, "year": 2025}, True),
        ({"title": TITLE, "year": 2019}, False),
        ({"title": TITLE.replace("people", "patients")}, True),
        ({"title": "Does a walking group change how people sleep at night?"}, False),
        ({"title": "Editorial"}, False),
    ],
)
def test_which_records_are_asked_about(other: dict[str, object], *, is_asked: bool) -> None:
    written()
    written(**other)  # type: ignore[arg-type]
    assert duplicates.look() == is_asked


def test_each_pair_is_asked_about_once_and_never_again_after_an_answer(pair: DuplicatePair) -> None:
    assert duplicates.look() == 0
    pair.decision, pair.decided_at = DuplicatePair.Decision.DIFFERENT, pair.found_at
    pair.save()
    assert duplicates.look() == 0
    assert not duplicates.open_pairs().exists()


def test_what_became_part_of_another_is_not_asked_about(pair: DuplicatePair) -> None:
    merge(pair.first, pair.second, by=User.objects.create_superuser("a@example.org"))
    third = written()
    assert duplicates.look() == 1
    assert [(one.first_id, one.second_id) for one in duplicates.open_pairs()] == [(pair.first_id, third.pk)]


def test_the_worker_fills_the_queue() -> None:
    written()
    written()
    (job,) = (job for job in JOBS if job.name == "research.duplicates")
    job.run(None)  # type: ignore[arg-type]
    assert duplicates.open_pairs().count() == 1


def test_nobody_comes_in_without_the_right(client: Client, pair: DuplicatePair) -> None:
    logged(client, "add_importbatch")
    for address in (INDEX, f"{INDEX}{pair.pk}/"):
        assert client.get(address).status_code in {302, 403}
    assert "Possible duplicates" not in client.get("/admin/").content.decode()


def test_whoever_may_not_publish_sees_the_two_and_decides_nothing(client: Client, pair: DuplicatePair) -> None:
    logged(client, "change_publication")
    page = words(client.get(f"{INDEX}{pair.pk}/"))  # type: ignore[arg-type]
    assert "They came less often." in page
    assert 'name="answer"' not in page
    assert client.post(f"{INDEX}{pair.pk}/", {"answer": "two"}).status_code in {302, 403}
    assert duplicates.open_pairs().count() == 1


@pytest.mark.parametrize("stays", ["first", "second"])
def test_the_chosen_one_stays_and_the_next_pair_comes(client: Client, pair: DuplicatePair, stays: str) -> None:
    logged(client, "change_publication", "publish_publication")
    kept: Publication = getattr(pair, stays)
    gone: Publication = pair.second if stays == "first" else pair.first
    answer = client.post(f"{INDEX}{pair.pk}/", {"answer": kept.code}, follow=True)
    assert answer.redirect_chain == [(INDEX, 302)]
    assert "They are one record now." in words(answer)  # type: ignore[arg-type]
    assert Publication.objects.get(pk=gone.pk).merged_into == kept
    assert Publication.objects.get(pk=kept.pk).abstract == "They came less often."
    page = words(client.get(f"{INDEX}{pair.pk}/"))  # type: ignore[arg-type]
    assert f'value="{kept.code}"' not in page
    assert "Merged" in page
    assert (page.count("became part of another"), ">draft<" in page.replace(" ", "")) == (1, False)


def test_two_stay_two_and_the_next_pair_follows(client: Client, pair: DuplicatePair) -> None:
    logged(client, "change_publication", "publish_publication")
    written()
    assert duplicates.look() == 1
    following = duplicates.open_pairs().exclude(pk=pair.pk).get()
    answer = client.post(f"{INDEX}{pair.pk}/", {"answer": "two"}, follow=True)
    assert answer.redirect_chain == [(f"{INDEX}{following.pk}/", 302)]
    pair.refresh_from_db()
    assert (pair.decision, str(pair.decided_by)) == ("different", "staff@example.org")


@pytest.mark.parametrize("answer", ["", "three", "nobody's code"])
def test_no_other_answer_does_anything(client: Client, pair: DuplicatePair, answer: str) -> None:
    logged(client, "change_publication", "publish_publication")
    page = client.post(f"{INDEX}{pair.pk}/", {"answer": answer}, follow=True)
    assert "Choose which record stays, or say that they are two." in words(page)  # type: ignore[arg-type]
    assert Publication.objects.filter(merged_into=None).count() == 2


def test_a_record_somebody_works_on_is_not_merged(client: Client, pair: DuplicatePair) -> None:
    logged(client, "change_publication", "publish_publication")
    Publication.objects.filter(pk=pair.first_id).update(has_unpublished_changes=True)
    page = client.post(f"{INDEX}{pair.pk}/", {"answer": pair.first.code}, follow=True)
    assert "Somebody is working on" in words(page)  # type: ignore[arg-type]
    assert duplicates.open_pairs().count() == 1


def test_what_waits_is_told_on_the_first_page_and_in_the_menu(client: Client, pair: DuplicatePair) -> None:
    logged(client, "change_publication", "publish_publication")
    page = client.get("/admin/").content.decode()
    assert "pair of records may be one" in page
    assert "Possible duplicates (1)" in page
    assert reverse("research_duplicates:index") in page


def test_the_list_asks_the_same_for_one_and_for_ten(client: Client) -> None:
    logged(client, "change_publication", "publish_publication")
    counted = []
    for number in (1, 9):
        for place in range(number):
            title = f"{TITLE} {place}{number} {'abcdefghij'[place] * 30}"
            written(title)
            written(title)
        duplicates.look()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(INDEX)
        counted.append(len(asked))
    assert page.content.decode().count("100%") == 10
    assert counted[0] == counted[1]


def test_numbers_that_are_the_same_are_named(client: Client) -> None:
    logged(client, "change_publication", "publish_publication")
    book, chapter = written("A handbook of everything we know"), written("Chapter one: beginnings and ends")
    Identifier.objects.create(publication=book, scheme="isbn", value="9780306406157")
    pair = DuplicatePair.objects.create(
        first=book, second=chapter, score=40, reasons=["identifier:isbn 9780306406157", "other-title"]
    )
    page = words(client.get(f"{INDEX}{pair.pk}/"))  # type: ignore[arg-type]
    assert "The same number: isbn 9780306406157" in page
    assert "perhaps a chapter with the number of its book" in page


@pytest.mark.parametrize("answer", ["two", "first", "second"])
@pytest.mark.parametrize("decided", ["merged", "apart"])
def test_an_answer_that_comes_late_changes_nothing(
    client: Client, pair: DuplicatePair, answer: str, decided: str
) -> None:
    by = logged(client, "change_publication", "publish_publication")
    if decided == "merged":
        merge(pair.first, pair.second, by=by)
    else:
        keep_apart(pair.first, pair.second, by=by)
    before = DuplicatePair.objects.values().get()
    button = answer if answer == "two" else getattr(pair, answer).code
    page = client.post(f"{INDEX}{pair.pk}/", {"answer": button}, follow=True)
    assert "Somebody decided this just now." in words(page)  # type: ignore[arg-type]
    assert DuplicatePair.objects.values().get() == before
    assert Publication.objects.filter(merged_into=None).count() == (1 if decided == "merged" else 2)


def test_two_that_went_into_others_since_are_not_decided(client: Client, pair: DuplicatePair) -> None:
    by = logged(client, "change_publication", "publish_publication")
    merge(written("Quite another one", live=True), pair.second, by=by)
    page = client.post(f"{INDEX}{pair.pk}/", {"answer": "two"}, follow=True)
    assert "became part of another record since, so there is nothing to decide" in words(page)  # type: ignore[arg-type]
    pair.refresh_from_db()
    assert pair.decision == ""


@pytest.mark.parametrize("data", [None, {"action-publish": "1", "title": "Back again"}, {"title": "Back again"}])
def test_nobody_works_on_what_became_part_of_another(
    client: Client, pair: DuplicatePair, data: dict[str, str] | None
) -> None:
    by = logged(client, "change_publication", "publish_publication")
    merge(pair.first, pair.second, by=by)
    address = reverse("research_publications:edit", args=[pair.second_id])
    page = client.post(address, data, follow=True) if data else client.get(address, follow=True)
    assert page.redirect_chain == [(reverse("research_publications:edit", args=[pair.first_id]), 302)]
    assert "became part of this record" in words(page)  # type: ignore[arg-type]
    assert Publication.objects.get(pk=pair.second_id).title == pair.second.title


# --- what was decided -------------------------------------------------------------------------------------

DECIDED = f"{INDEX}decided/"


def decided(number: int, *, by: User, merged: bool) -> list[DuplicatePair]:
    """Pairs of records, one title each, decided one after the other."""
    made = []
    for place in range(number):
        first, second = written(f"Pair {place}"), written(f"Pair {place}")
        merge(first, second, by=by) if merged else keep_apart(first, second, by=by)
        made.append(DuplicatePair.objects.get(first=first, second=second))
    return made


def rows(page: object) -> list[str]:
    table = words(page).partition("listing-results")[2].partition("<tbody")[2].partition("</tbody>")[0]  # type: ignore[arg-type]
    return re.findall("<tr.*?</tr>", table)


def test_an_empty_list_says_so_and_each_leads_to_the_other(client: Client) -> None:
    logged(client, "change_publication")
    queue = words(client.get(INDEX))  # type: ignore[arg-type]
    assert "Nothing is to be decided." in queue
    assert f'href="{DECIDED}"' in queue
    page = words(client.get(DECIDED))  # type: ignore[arg-type]
    assert "Nothing was decided yet." in page
    assert f'href="{INDEX}"' in page


def test_what_was_decided_is_listed_the_newest_first_with_who_and_when(client: Client, pair: DuplicatePair) -> None:
    by = logged(client, "change_publication", "publish_publication")
    with time_machine.travel(datetime(2026, 3, 4, 9, tzinfo=UTC), tick=False):
        merge(pair.first, pair.second, by=User.objects.create_superuser("a@example.org", name="Ada"))
    with time_machine.travel(datetime(2026, 5, 6, 9, tzinfo=UTC), tick=False):
        (later,) = decided(1, by=by, merged=False)
    written()
    duplicates.look()  # one that nobody decided about is not among them
    newest, oldest = rows(client.get(DECIDED))
    assert [part in newest for part in (f"{INDEX}{later.pk}/", "Two different ones", str(by), "2026-05-06T")] == [
        True
    ] * 4
    assert [part in oldest for part in (f"{INDEX}{pair.pk}/", "Merged", "Ada", "2026-03-04T")] == [True] * 4
    page = words(client.get(f"{INDEX}{pair.pk}/"))  # type: ignore[arg-type]
    assert "Ada, 4 March 2026, 09:00" in page
    assert f'href="{DECIDED}"' in page


@pytest.mark.parametrize("merged", [True, False])
def test_the_decided_are_paged_and_ask_the_same_for_one_and_for_thirty(client: Client, *, merged: bool) -> None:
    by = logged(client, "change_publication", "publish_publication")
    counted = []
    for number in (1, 29, 1):
        decided(number, by=by, merged=merged)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(DECIDED)
        counted.append((len(rows(page)), len(asked)))
    assert [shown for shown, _asked in counted] == [1, 30, 30]
    assert len({asked for _shown, asked in counted}) == 1
    assert len(rows(client.get(DECIDED, {"p": 2}))) == 1


@pytest.mark.parametrize(
    ("merged", "answer", "said"),
    [(True, "apart", "They are two again, as they were."), (False, "again", "among the possible duplicates again")],
)
def test_from_there_a_decision_is_taken_back(client: Client, *, merged: bool, answer: str, said: str) -> None:
    by = logged(client, "change_publication", "publish_publication")
    (pair,) = decided(1, by=by, merged=merged)
    way = f"{INDEX}{pair.pk}/"
    assert f'value="{answer}"' in words(client.get(way))  # type: ignore[arg-type]
    page = client.post(way, {"answer": answer}, follow=True)
    assert page.redirect_chain == [(way, 302)]
    assert said in words(page)  # type: ignore[arg-type]
    assert Publication.objects.filter(merged_into=None).count() == 2
    assert list(duplicates.open_pairs()) == ([] if merged else [pair])
    assert ('value="two"' in words(page)) is not merged  # type: ignore[arg-type]
    twice = words(client.post(way, {"answer": answer}, follow=True))  # type: ignore[arg-type]
    assert ("changed since" if merged else "cannot be asked again") in twice


def test_who_may_not_decide_takes_nothing_back(client: Client) -> None:
    by = User.objects.create_superuser("a@example.org")
    logged(client, "change_publication")
    for pair, answer in zip(decided(1, by=by, merged=True) + decided(1, by=by, merged=False), BACK, strict=True):
        assert f'value="{answer}"' not in words(client.get(f"{INDEX}{pair.pk}/"))  # type: ignore[arg-type]
        assert client.post(f"{INDEX}{pair.pk}/", {"answer": answer}).status_code in {302, 403}
    assert duplicates.decided_pairs().count() == 2
    client.logout()
    assert client.get(DECIDED).status_code in {302, 403}


def test_nobody_is_asked_again_about_what_is_gone(client: Client) -> None:
    by = logged(client, "change_publication", "publish_publication")
    undone, went = decided(2, by=by, merged=False)
    bury(Publication.objects.filter(pk=undone.second_id))
    merge(written("Quite another one"), went.second, by=by)
    for pair in (undone, went):
        page = client.post(f"{INDEX}{pair.pk}/", {"answer": "again"}, follow=True)
        assert "cannot be asked again" in words(page)  # type: ignore[arg-type]
    assert not duplicates.open_pairs().exists()
