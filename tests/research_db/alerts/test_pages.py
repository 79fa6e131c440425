"""The pages: asking, saying yes, changing, stopping; what is wrong is said, and nobody learns who is known."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from network_site.mail.models import OutgoingMail
from research_db.models import Facet, SavedSearch, Term
from research_db.views import alerts
from tests.research_db.alerts.conftest import ask, letters, saved

pytestmark = pytest.mark.django_db
ASK = "/research/alerts/"
GOOD = {"email": "ada@example.org", "frequency": "weekly"}


@pytest.fixture(autouse=True)
def _site(research: Callable[[], object]) -> None:
    research()


def page_of(search: SavedSearch) -> str:
    return reverse("research:saved", args=[search.token])


def stop_of(search: SavedSearch) -> str:
    return reverse("research:stop", args=[search.token])


def test_the_list_offers_letters_and_a_feed_of_what_it_shows(client: Client) -> None:
    said = client.get("/research/?q=walking&sort=oldest").content.decode()
    assert 'href="/research/alerts/?q=walking"' in said
    assert "E-mail me when there is something" in said
    assert 'href="/research/feed.atom?q=walking"' in said


def test_asking_leads_to_the_same_page_for_every_address(client: Client) -> None:
    form = client.get(f"{ASK}?q=walking&kind=review").content.decode()
    assert "<bdi>“walking”, Review</bdi>" in form
    assert f'action="{ASK}?q=walking&amp;kind=review"' in form
    saved("q=walking", "known@example.org")
    answers = []
    for email in ("new@example.org", "known@example.org", "known@example.org"):
        answer = client.post(f"{ASK}?q=walking", {**GOOD, "email": email})
        answers.append((answer.status_code, answer["Location"], answer.content, sorted(answer.headers)))
        assert not answer.cookies
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][:2] == (303, "/research/alerts/asked/")
    assert "Look in your e-mail" in client.get(answers[0][1]).content.decode()
    assert set(letters("research.asked")) == {"new@example.org", "known@example.org"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": ""}, "Write your e-mail address"),
        ({"email": "ada"}, "such as name@example.org"),
        ({"email": "ada@example.org\nBcc: bo@example.org"}, "such as name@example.org"),
        ({"email": f"{'a' * 300}@example.org"}, "254"),
        ({"frequency": "hourly"}, "Choose one of these."),
        ({"frequency": ""}, "Choose one."),
        ({"email": "\x00@example.org"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, wrong: dict[str, str], said: str) -> None:
    answer = client.post(ASK, {**GOOD, **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_machine_that_fills_in_every_field_is_thanked_and_nothing_is_kept(client: Client) -> None:
    answer = client.post(ASK, {**GOOD, "remarks": "buy"})
    assert (answer.status_code, answer["Location"]) == (303, "/research/alerts/asked/")
    assert not SavedSearch.objects.exists()


def test_one_network_may_not_ask_without_end(client: Client) -> None:
    for number in range(alerts.MOST_FROM_A_NETWORK):
        assert client.post(f"{ASK}?q=w{number}", {**GOOD, "email": f"p{number}@example.org"}).status_code == 303
    answer = client.post(ASK, GOOD)
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()
    assert "ada@example.org" in answer.content.decode()
    assert SavedSearch.objects.count() == alerts.MOST_FROM_A_NETWORK


def test_other_sites_cannot_ask_for_somebody(client: Client) -> None:
    elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    search = saved()
    for address, sent in ((ASK, GOOD), (page_of(search), {"deed": "pause"})):
        assert client.post(address, sent, headers=elsewhere).status_code == 403
    search.refresh_from_db()
    assert (search.paused_at, SavedSearch.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    "question",
    ["?page=9999999", "?q=%00", "?%ff=%fe", "?kind=none&year=9..", f"?q={'a' * 5000}", "?all=x&strict=%07"],
)  # fmt: skip
def test_whatever_is_asked_for_can_be_saved_or_is_not_an_error(client: Client, question: str) -> None:
    assert client.get(ASK + question).status_code == 200
    assert client.post(ASK + question, GOOD).status_code == 303
    assert client.get(page_of(SavedSearch.objects.get())).status_code == 200


def test_looking_at_the_link_confirms_nothing_and_the_button_does(client: Client) -> None:
    ask("q=walking")
    search = SavedSearch.objects.get()
    for _look in range(2):
        answer = client.get(page_of(search))
        assert "Yes, write to me" in answer.content.decode()
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert client.head(page_of(search)).status_code == 200
    search.refresh_from_db()
    assert search.confirmed_at is None
    answer = client.post(page_of(search), {"deed": "confirm"}, follow=True)
    assert "Letters are on." in answer.content.decode()
    search.refresh_from_db()
    assert search.confirmed_at


def test_pausing_resuming_and_changing(client: Client) -> None:
    search = saved("q=walking")
    assert "It is paused" in client.post(page_of(search), {"deed": "pause"}, follow=True).content.decode()
    assert "Go on with the letters" in client.get(page_of(search)).content.decode()
    assert "Letters are on." in client.post(page_of(search), {"deed": "resume"}, follow=True).content.decode()
    answer = client.post(page_of(search), {"frequency": "monthly"}, follow=True)
    assert "Once a month, on the first</dd>" in answer.content.decode()


@pytest.mark.parametrize("sent", [{}, {"deed": "delete"}, {"frequency": "hourly"}, {"deed": ["pause", "x"]}])
def test_a_deed_that_does_not_exist_is_no_error_of_ours(client: Client, sent: dict[str, object]) -> None:
    search = saved()
    answer = client.post(page_of(search), sent)
    assert answer.status_code == 422
    assert "Choose one" in answer.content.decode()


def test_stopping_asks_and_then_forgets(client: Client) -> None:
    search = saved("q=walking")
    assert "Yes, stop them" in client.get(stop_of(search)).content.decode()
    assert SavedSearch.objects.exists()
    assert "are deleted" in client.post(stop_of(search)).content.decode()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["research:saved", "research:stop"])
@pytest.mark.parametrize("token", ["x", "A" * 22, "a" * 2000, "-_-"])
def test_a_link_that_leads_nowhere_helps(client: Client, name: str, token: str) -> None:
    answer = client.get(reverse(name, args=[token]))
    assert answer.status_code == 404
    assert "This link leads nowhere any more" in answer.content.decode()
    assert client.post(reverse(name, args=[token]), {"deed": "confirm"}).status_code in {200, 404}


@pytest.mark.parametrize(("method", "address"), [("put", ASK), ("delete", ASK), ("post", "/research/alerts/asked/"), ("put", "/n/r/x/")])  # fmt: skip
def test_other_ways_of_asking_are_refused(client: Client, method: str, address: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_a_search_whose_term_is_gone_still_has_its_page(client: Client) -> None:
    facet = Facet.objects.create(key="population", label="Who")
    Term.objects.create(facet=facet, slug="carers", label="Carers")
    search = saved("population=carers")
    Term.objects.all().delete()
    assert "<bdi>Carers</bdi>" in client.get(page_of(search)).content.decode()
