"""Suggestions: read as they are pasted, led to what is here, decided once, and forgotten who made them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from research_db.domain import suggestions
from research_db.domain.errors import ResearchError
from research_db.domain.suggestions import Words
from research_db.emails import suggestion_decided
from research_db.models import Identifier, Publication, Suggestion
from tests.pages.reading import Html
from tests.research_db.admin.conftest import author, editor  # noqa: F401

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FORM = "/research/suggest/"


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("10.1000/XYZ", {"scheme": "doi", "value": "10.1000/xyz"}),
        ("https://doi.org/10.1000/xyz.", {"scheme": "doi", "value": "10.1000/xyz"}),
        (" doi: 10.1000/xyz ", {"scheme": "doi", "value": "10.1000/xyz"}),
        (
            "https://example.org/a/10.1000/xyz",
            {"scheme": "doi", "value": "10.1000/xyz", "url": "https://example.org/a/10.1000/xyz"},
        ),
        ("12345678", {"scheme": "pmid", "value": "12345678"}),
        ("PMID: 0012345", {"scheme": "pmid", "value": "12345"}),
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", {"scheme": "pmid", "value": "12345"}),
        ("https://example.org/reports/2024", {"url": "https://example.org/reports/2024"}),
        ("A study of 31 people in 2019", {}),
        ("javascript:alert(1)", {}),
        ("https://[::1", {}),
        ("http://no host/report", {}),
        ("http://no host/10.1000/xyz", {"scheme": "doi", "value": "10.1000/xyz"}),
        ("https://example.org/10.1000%2Fa%00b", {"scheme": "doi", "value": "10.1000/ab", "url": "https://example.org/10.1000%2Fa%00b"}),
        (f"10.1000/{'a' * 300}", {}),
        (f"https://example.org/10.1000/{'a' * 300}", {"url": f"https://example.org/10.1000/{'a' * 300}"}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_is_pasted_is_understood(pasted: str, found: dict[str, str]) -> None:
    assert suggestions.understood(pasted) == found


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("somebody@example.org", name="Somebody")


def suggested(**facts: object) -> Suggestion:
    given = {"title": "On walking", "name": "Ada", "email": "ada@example.org", **facts}
    return suggestions.receive(Words(**given), now=NOW)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestTheForm:
    def send(self, client: Client, **facts: str) -> tuple[int, str]:
        response = client.post(FORM, facts)
        return response.status_code, Html(response.content.decode())

    def test_a_suggestion_is_kept_once(self, client: Client) -> None:
        for _time in range(2):
            assert self.send(client, pasted="10.1000/x", why="It is good.", name="Ada")[0] == 303
        kept = Suggestion.objects.get()
        assert (kept.scheme, kept.value, kept.why, kept.name, kept.state) == ("doi", "10.1000/x", "It is good.", "Ada", "new")  # fmt: skip
        assert "Your suggestion arrived" in client.get(reverse("research:suggested")).content.decode()

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({}, "Write a title, or paste a number"),
            ({"pasted": "what?"}, "This is no DOI"),
            ({"pasted": "what?", "title": "A title"}, "This is no DOI"),
            ({"title": "A title", "email": "nobody"}, "such as name@example.org"),
            ({"title": "A title", "year": "12345"}, "2200"),
            ({"title": "x" * 1001}, "at most 1000 characters"),
            ({"pasted": f"10.1000/{'a' * 300}"}, "This is no DOI"),
        ],
    )
    def test_what_cannot_be_taken_comes_back(self, client: Client, facts: dict[str, str], said: str) -> None:
        status, page = self.send(client, **facts)
        assert status == 422
        assert said in page
        assert not Suggestion.objects.exists()

    def test_what_is_here_already_is_shown(self, client: Client) -> None:
        one = Publication.objects.create(title="Walking & talking")
        Identifier.objects.create(publication=one, scheme="doi", value="10.1000/x")
        status, page = self.send(client, pasted="https://doi.org/10.1000/X")
        assert (status, f'<a href="{one.get_absolute_url()}">Walking &amp; talking</a>' in page) == (200, True)
        Publication.objects.update(live=False)
        assert self.send(client, pasted="10.1000/x")[0] == 303, "of a draft nobody learns"

    def test_machines_are_thanked_and_not_kept(self, client: Client) -> None:
        assert self.send(client, title="Buy this", remarks="yes")[0] == 303
        assert not Suggestion.objects.exists()

    def test_too_many_from_a_network(self, client: Client) -> None:
        numbers = {self.send(client, title=f"Number {place}")[0] for place in range(11)}
        assert numbers == {303, 429}
        assert Suggestion.objects.count() == 10

    def test_another_site_cannot_send_it(self, client: Client) -> None:
        answer = client.post(FORM, {"title": "x"}, headers={"sec-fetch-site": "cross-site"})
        assert (answer.status_code, Suggestion.objects.exists()) == (403, False)

    def test_a_gap_is_in_the_form(self, client: Client) -> None:
        page = Html(client.get(FORM, {"about": "Singing, <Sleep>"}).content.decode())
        assert "It is about: Singing, &lt;Sleep&gt;</textarea>" in page


class TestDeciding:
    def test_taken_in_it_is_a_draft(self, by: User) -> None:
        one = suggested(scheme="doi", value="10.1000/x", authors="Ada Lark; A Group", year=2020, url="https://example.org/x")  # fmt: skip
        made = suggestions.accept(one, by=by, now=NOW)
        assert (made.live, made.origin, made.title, made.year) == (False, "suggestion", "On walking", 2020)
        assert [str(person) for person in made.contributions.all()] == ["Ada Lark", "A Group"]
        assert made.identifiers.get().value == "10.1000/x"

    def test_who_suggested_it_is_told_once_and_forgotten(self, by: User) -> None:
        one = suggested()
        suggestions.refuse(one, reason="It is about rabbits.", by=by, now=NOW)
        letter = OutgoingMail.objects.get()
        assert (letter.to, "ada" in str(letter.payload).lower()) == ("ada@example.org", False)
        assert "rabbits" in str(suggestion_decided(letter.payload).blocks)
        one.refresh_from_db()
        assert (one.name, one.email, one.state, one.decided_by) == ("", "", "refused", by)

    def test_nobody_is_written_to_without_an_address(self, by: User) -> None:
        suggestions.accept(suggested(email=""), by=by, now=NOW)
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize(("live", "led"), [(True, True), (False, False)])
    def test_the_letter_leads_to_what_is_public_only(self, by: User, live: bool, led: bool) -> None:
        one, record = suggested(), Publication.objects.create(title="Here", live=live)
        suggestions.call_duplicate(one, of=record, by=by, now=NOW)
        told = str(suggestion_decided({"suggestion": one.pk}).blocks)
        assert "already" in told
        assert (record.get_absolute_url() in told) is led

    def test_it_is_decided_once(self, by: User) -> None:
        one = suggested()
        suggestions.accept(one, by=by, now=NOW)
        deeds: list[Callable[[], object]] = [
            lambda: suggestions.accept(one, by=by, now=NOW),
            lambda: suggestions.refuse(one, reason="No", by=by, now=NOW),
        ]
        for deed in deeds:
            with pytest.raises(ResearchError, match="just now"):
                deed()
        assert Publication.objects.count() == 1

    def test_a_number_that_is_taken_is_said(self, by: User) -> None:
        known = Publication.objects.create(title="Here", live=False)
        Identifier.objects.create(publication=known, scheme="pmid", value="123")
        with pytest.raises(ResearchError, match="here already"):
            suggestions.accept(suggested(scheme="pmid", value="123"), by=by, now=NOW)
        assert Suggestion.objects.get().state == "new"

    def test_who_asks_is_forgotten(self, by: User) -> None:
        one = suggested()
        assert suggestions.forget_who("ADA@example.org", by=by) == 1
        one.refresh_from_db()
        assert (one.name, one.email, one.title) == ("", "", "On walking")

    @pytest.mark.parametrize(
        "facts",
        [
            {"title": ""},
            {"title": "x", "state": "accepted"},
            {"title": "x", "state": "accepted", "decided_at": NOW, "email": "a@example.org"},
            {"title": "x", "state": "refused", "decided_at": NOW},
            {"title": "x", "decided_at": NOW},
        ],
    )
    def test_the_database_refuses(self, by: User, facts: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.create(received_at=NOW, **facts)


@pytest.mark.django_db
class TestTheDesk:
    def test_those_who_may_decide(self, editor: Client) -> None:  # noqa: F811
        one, two, three = (suggested(title=title) for title in ("One", "Two", "Three"))
        page = editor.get(reverse("research_suggestions:index")).content.decode()
        assert "3 suggestions wait" in page
        assert "suggestions for the research database" in editor.get("/admin/").content.decode()
        answer = editor.post(reverse("research_suggestions:accept", args=[one.pk]))
        made = Publication.objects.get()
        assert answer["Location"] == reverse("research_publications:edit", args=[made.pk])
        editor.post(reverse("research_suggestions:refuse", args=[two.pk]), {"reason": "No"})
        wrong = editor.post(reverse("research_suggestions:duplicate", args=[three.pk]), {"record": "nothing"})
        assert "There is no record with this number" in wrong.content.decode()
        editor.post(reverse("research_suggestions:duplicate", args=[three.pk]), {"record": made.code})
        assert list(Suggestion.objects.order_by("pk").values_list("state", flat=True)) == ["accepted", "refused", "duplicate"]  # fmt: skip
        assert editor.get(reverse("research_suggestions:accept", args=[one.pk])).status_code == 404

    def test_nobody_else(self, author: Client, client: Client) -> None:  # noqa: F811
        one = suggested()
        for name, args in (("index", []), ("accept", [one.pk]), ("refuse", [one.pk]), ("duplicate", [one.pk])):
            address = reverse(f"research_suggestions:{name}", args=args)
            assert author.post(address).status_code in {302, 403}
            assert client.get(address).status_code == 302
        assert Suggestion.objects.get().state == "new"
