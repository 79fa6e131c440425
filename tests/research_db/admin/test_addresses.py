"""The report of addresses that no longer answer: what is in it, for whom, and at what price."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network_site.editing.models import LinkCheck
from network_site.people.roles import CONFERENCE_MANAGERS
from research_db.admin.addresses import broken_addresses
from research_db.domain.addresses import read_addresses
from research_db.models import Publication
from tests.research_db.admin.conftest import client_of, record

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 5, 4, 12, tzinfo=UTC)
Status = LinkCheck.Status


def at(**query: Any) -> str:
    return f"{reverse('research_publications:addresses')}?{urlencode(query, doseq=True)}"


def given(status: str, *, part: str = "url", **facts: Any) -> Publication:
    """A public record with one address that was found so."""
    address = f"https://{status}.example/{part}"
    one = record(title=f"Study {status} {part}", first_published_at=timezone.now(), **{part: address})
    read_addresses(timezone.now())
    fails = {"failing_since": SINCE} if status in {"broken", "unsure"} else {}
    moved = {"moved_to": "https://new.example/"} if status == "moved" else {}
    LinkCheck.objects.filter(address=address).update(status=status, checked_at=SINCE, **fails, **moved, **facts)
    return one


def shown(client: Client, **query: Any) -> str:
    answer = client.get(at(**query))
    assert answer.status_code == 200
    return answer.content.decode()


def test_broken_ones_first_each_with_the_way_to_mend_it(editor: Client) -> None:
    moved, broken = given("moved"), given("broken", note="The server says that nothing is there.", code=404)
    for other in ("works", "unsure", "waiting"):
        given(other)
    page = shown(editor)
    assert page.index("Study broken") < page.index("Study moved")
    for one in (moved, broken):
        assert reverse("research_publications:edit", args=[one.pk]) in page
    assert "https://new.example/" in page
    assert "The server says that nothing is there. (404)" in page
    for other in ("works", "unsure", "waiting"):
        assert f"Study {other}" not in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"status": ["unsure"]}, {"unsure url"}),
        ({"status": ["broken", "unsure"]}, {"broken url", "broken open_access_url", "unsure url"}),
        ({"part": ["free"]}, {"broken open_access_url"}),
        ({"host": "moved.ex"}, {"moved url"}),
        ({"host": "nobody"}, set()),
        ({"status": ["nonsense"]}, {"broken url", "broken open_access_url", "moved url", "unsure url"}),
    ],
)
def test_it_narrows(editor: Client, query: dict[str, Any], titles: set[str]) -> None:
    given("broken"), given("broken", part="open_access_url"), given("moved"), given("unsure")
    page = shown(editor, **query)
    every = {"broken url", "broken open_access_url", "moved url", "unsure url"}
    assert {title for title in every if f"Study {title}" in page} == titles


def test_it_is_taken_away_as_a_file_that_runs_nothing(editor: Client) -> None:
    one = given("broken")
    Publication.objects.filter(pk=one.pk).update(title="=cmd")
    answer = editor.get(at(export="csv"))
    first, row = b"".join(answer.streaming_content).decode().splitlines()
    assert first.startswith("Publication,Code,Which address,Address,State")
    assert row.startswith(f"'=cmd,{one.code},Address,https://broken.example/url,broken")


def test_no_title_and_no_address_is_a_script(editor: Client) -> None:
    one = given("broken")
    Publication.objects.filter(pk=one.pk).update(title="<script>alert(1)</script>")
    LinkCheck.objects.update(note="<b>x</b>")
    page = shown(editor)
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_it_asks_as_much_for_thirty_as_for_one(editor: Client) -> None:
    asked = []
    for number in (1, 3, 30):
        for place in range(number):
            record(
                title=f"{number} {place}", first_published_at=timezone.now(), url=f"https://a.example/{number}/{place}"
            )
        read_addresses(timezone.now())
        LinkCheck.objects.update(status="broken", checked_at=SINCE, failing_since=SINCE)
        shown(editor)
        with CaptureQueriesContext(connection) as statements:
            shown(editor)
        asked.append(len(statements))
    assert len(set(asked)) == 1, asked


def test_who_sees_it(author: Client, editor: Client) -> None:
    manager = client_of(CONFERENCE_MANAGERS)
    assert [client.get(at()).status_code for client in (author, editor, manager)] == [200, 200, 302]
    assert Client().get(at()).status_code == 302


def test_what_waits_is_counted_for_those_who_may_mend_it(rf: RequestFactory, editor: Client) -> None:
    from network_site.people.models import User

    request = rf.get("/admin/")
    request.user = User.objects.get(email="research@example.org")
    assert broken_addresses(request) == []
    given("broken")
    given("moved")
    (one,) = broken_addresses(request)
    assert (one.number, one.words) == (1, "address of a publication is broken")
    assert editor.get(one.url).status_code == 200
    request.user = User.objects.create_user("nobody@example.org", name="Nobody")
    assert broken_addresses(request) == []


def test_the_list_of_publications_leads_there(editor: Client) -> None:
    assert (
        reverse("research_publications:addresses") in editor.get(reverse("research_publications:list")).content.decode()
    )
