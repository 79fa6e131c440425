"""Addresses that public publications give, and what the checker of links is told of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_site import schedule
from network_site.base import stopping
from network_site.editing.links import checking, inside
from network_site.editing.links.asking import Answer
from network_site.editing.models import LinkCheck
from research_db.domain import addresses
from research_db.domain.addresses import read_addresses
from research_db.models import AddressUse, Datestamp, Identifier, Notice, Publication, SearchChange

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Status = LinkCheck.Status
Given = set[tuple[str, str]]


def published(**facts: object) -> Publication:
    return Publication.objects.create(**{"title": "Company", "first_published_at": timezone.now(), **facts})


def known(publication: Publication) -> Given:
    return set(publication.address_uses.values_list("part", "link__address"))


def test_each_address_is_told_with_the_part_it_is() -> None:
    one = published(url="https://a.example/x#part", open_access_url="https://b.example/x.pdf")
    Identifier.objects.create(publication=one, scheme="doi", value="10.5555/a<1>#2")
    Identifier.objects.create(publication=one, scheme="pmid", value="77")
    Notice.objects.create(publication=one, kind="retraction", url="https://c.example/n")
    assert read_addresses(NOW) == 1
    assert known(one) == {
        ("page", "https://a.example/x"),
        ("free", "https://b.example/x.pdf"),
        ("doi", "https://doi.org/10.5555/a%3C1%3E%232"),
        ("notice", "https://c.example/n"),
    }
    assert set(LinkCheck.objects.values_list("status", "due_at")) == {("waiting", NOW)}


@pytest.mark.parametrize(
    "facts",
    [
        {"url": ""},
        {"url": "ftp://a.example/x"},
        {"url": "http://[::1"},
        {"url": "https://a.example/", "live": False},
        {"url": "https://a.example/", "live": False, "first_published_at": None},
    ],
)
def test_what_is_not_told(facts: dict[str, object]) -> None:
    published(**facts)
    read_addresses(NOW)
    assert not AddressUse.objects.exists()


def test_the_number_of_the_book_is_not_the_chapters() -> None:
    one = published()
    Identifier.objects.create(publication=one, scheme="doi", value="10.5555/book", is_container=True)
    read_addresses(NOW)
    assert known(one) == set()


def test_only_what_changed_is_read_again() -> None:
    one, other = published(url="https://a.example/"), published(url="https://a.example/")
    assert (read_addresses(NOW), read_addresses(NOW)) == (2, 0)
    one.url = "https://new.example/"
    one.save()
    assert read_addresses(NOW + DAY) == 1
    assert (known(one), known(other)) == ({("page", "https://new.example/")}, {("page", "https://a.example/")})
    assert LinkCheck.objects.get(address="https://a.example/").due_at == NOW
    SearchChange.note([other.pk])
    assert read_addresses(NOW) == 1
    other.unpublish()
    assert read_addresses(NOW) == 1
    assert known(other) == set()
    other.live = True
    other.save()
    read_addresses(NOW)
    assert known(other) == {("page", "https://a.example/")}


def test_some_at_a_time_until_all_are_read() -> None:
    for number in range(5):
        published(url=f"https://a.example/{number}")
    assert [read_addresses(NOW, most=2) for _round in range(4)] == [2, 2, 1, 0]
    assert AddressUse.objects.count() == 5


def test_the_job_reads_all_and_stops_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.read_addresses, "__kwdefaults__", {"most": 2})
    monkeypatch.setattr(addresses, "AT_ONCE", 2)
    for number in range(5):
        published(url=f"https://a.example/{number}")
    monkeypatch.setattr(stopping, "is_asked", lambda: True)
    schedule.read_addresses(NOW)
    assert not AddressUse.objects.exists()
    monkeypatch.setattr(stopping, "is_asked", lambda: False)
    schedule.read_addresses(NOW)
    assert AddressUse.objects.count() == 5


def test_reading_many_asks_as_much_as_reading_one() -> None:
    asked = []
    inside.our_hosts()  # what this site is called is remembered
    for number in (1, 3, 30):
        for place in range(number):
            published(url=f"https://a.example/{number}/{place}")
        with CaptureQueriesContext(connection) as statements:
            assert read_addresses(NOW) == number
        asked.append(len(statements))
    assert len(set(asked)) == 1, asked


def test_one_use_of_an_address_a_part() -> None:
    one = published(url="https://a.example/")
    read_addresses(NOW)
    use = AddressUse.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressUse.objects.create(publication=one, link=use.link, part=use.part)
    assert str(use) == f"Address of publication {one.pk}"


# --- with the checker of links ----------------------------------------------------------------------------


def answering(code: int, asked: list[str]) -> Callable[[str], Answer]:
    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer(code, address)

    return ask


def test_one_address_of_a_server_in_a_round_whoever_gives_it() -> None:
    for number in range(3):
        published(url=f"https://a.example/{number}", open_access_url=f"https://b.example/{number}")
    read_addresses(NOW)
    asked: list[str] = []
    rounds = [checking.check_links(NOW, ask=answering(200, asked)) for _round in range(4)]
    assert rounds == [2, 2, 2, 0]
    assert [{one.split("/")[2] for one in asked[start : start + 2]} for start in (0, 2, 4)] == [
        {"a.example", "b.example"}
    ] * 3


def test_gone_once_is_not_broken_and_gone_twice_is() -> None:
    published(url="https://a.example/")
    read_addresses(NOW)
    checking.check_links(NOW, ask=answering(404, []))
    link = LinkCheck.objects.get()
    assert (link.status, link.code, link.failing_since, link.due_at) == (Status.UNSURE, 404, NOW, NOW + DAY)
    checking.check_links(NOW + DAY, ask=answering(404, []))
    link.refresh_from_db()
    assert (link.status, link.failing_since) == (Status.BROKEN, NOW)
    checking.check_links(NOW + 9 * DAY, ask=answering(200, []))
    link.refresh_from_db()
    assert (link.status, link.failing_since) == (Status.WORKS, None)


def test_what_a_publication_gives_is_kept_and_what_nobody_gives_is_forgotten() -> None:
    one = published(url="https://a.example/")
    read_addresses(NOW)
    late = NOW + 400 * DAY
    checking.check_links(late, ask=answering(200, []))
    assert LinkCheck.objects.count() == 1
    one.unpublish()
    read_addresses(late)
    asked: list[str] = []
    checking.check_links(late + 400 * DAY, ask=answering(200, asked))
    assert (LinkCheck.objects.count(), asked) == (0, [])


def test_a_publication_that_was_public_keeps_its_stamp() -> None:
    one = published(url="https://a.example/")
    read_addresses(NOW)
    stamp = Datestamp.objects.get(publication=one)
    assert stamp.addresses_as_of == stamp.at
