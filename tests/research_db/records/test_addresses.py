"""Every address that ever led to a record leads to it, or says why not."""

import pytest
from django.test import Client
from django.utils import timezone

from research_db.models import Identifier, Publication

pytestmark = pytest.mark.django_db


def publication(**facts: object) -> Publication:
    return Publication.objects.create(**{"title": "Company on prescription", **facts})


def test_the_right_address_shows_it(client: Client) -> None:
    found = client.get(publication().get_absolute_url())
    assert found.status_code == 200
    assert "Company on prescription" in found.content.decode()


@pytest.mark.parametrize("end", ["", "an-old-title/"])
def test_another_end_leads_to_the_right_one(client: Client, end: str) -> None:
    one = publication()
    answer = client.get(f"/research/r/{one.code}/{end}")
    assert (answer.status_code, answer.headers["Location"]) == (301, one.get_absolute_url())


def test_a_draft_is_not_there(client: Client) -> None:
    assert client.get(publication(live=False).get_absolute_url()).status_code == 404
    assert client.get("/research/r/nobody/at-home/").status_code == 404


def test_a_withdrawn_record_is_gone_and_says_so(client: Client) -> None:
    answer = client.get(publication(live=False, first_published_at=timezone.now()).get_absolute_url())
    assert answer.status_code == 410
    assert "This record was withdrawn" in answer.content.decode()


def test_a_merged_record_leads_to_what_was_kept(client: Client) -> None:
    kept = publication(title="Kept")
    between = publication(live=False, merged_into=kept)
    first = publication(live=False, merged_into=between, first_published_at=timezone.now())
    answer = client.get(first.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, kept.get_absolute_url())


def test_a_doi_leads_to_its_record(client: Client) -> None:
    one = publication()
    Identifier.objects.create(publication=one, scheme="doi", value="10.5555/spn.12(3)/a")
    answer = client.get("/doi/10.5555/SPN.12(3)/a")
    assert (answer.status_code, answer.headers["Location"]) == (302, one.get_absolute_url())
    assert client.get("/doi/10.5555/other").status_code == 404


@pytest.mark.parametrize(("facts", "status"), [({"first_published_at": timezone.now()}, 410), ({}, 404)])
def test_a_doi_of_what_visitors_cannot_read_says_what_its_address_says(
    client: Client, facts: dict[str, object], status: int
) -> None:
    one = publication(live=False, **facts)
    Identifier.objects.create(publication=one, scheme="doi", value="10.5555/a")
    assert client.get("/doi/10.5555/a").status_code == client.get(one.get_absolute_url()).status_code == status
    assert client.get("/doi/10.5555/a", headers={"accept": "application/x-bibtex"}).status_code == status


def test_a_books_doi_is_not_the_chapters(client: Client) -> None:
    Identifier.objects.create(publication=publication(), scheme="doi", value="10.5555/book", is_container=True)
    assert client.get("/doi/10.5555/book").status_code == 404


@pytest.mark.parametrize("doi", ["10.1/%00", "%00", "10.5555/a%00b", "10.5555/" + "a" * 3000, "../../etc"])
def test_a_doi_that_cannot_be_is_nowhere(client: Client, doi: str) -> None:
    assert client.get(f"/doi/{doi}").status_code == 404
