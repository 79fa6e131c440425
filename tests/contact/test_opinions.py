"""Whether a page helped: one question, the same for everybody, answered without a cookie."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from network_site.contact import views
from network_site.contact.domain.opinions import Place, give, worst_first
from network_site.contact.models import ContactPage, Opinion
from network_site.pages.models import StandardPage
from tests.contact.conftest import OWN

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 4)
HERE = Place("192.0.2.1", "A browser")


def answer(client: Client, page: Page, **more: Any) -> Any:
    data = {"is_useful": more.pop("is_useful", "yes"), "comment": more.pop("comment", "")}
    return client.post(f"/feedback/{page.pk}/", data, **{**OWN, **more})


def test_the_question_is_at_the_foot_of_a_page_for_reading(
    client: Client, about: StandardPage, contact: ContactPage
) -> None:
    words = {path: client.get(path).content.decode() for path in ("/about/", "/contact/", "/", "/nothing/")}
    asked = {path: "Was this page useful?" in text for path, text in words.items()}
    assert asked == {"/about/": True, "/contact/": False, "/": False, "/nothing/": False}
    assert f'action="/feedback/{about.pk}/"' in words["/about/"]


def test_each_page_asks_about_itself(client: Client, about: StandardPage, home: Page) -> None:
    other = home.add_child(instance=StandardPage(title="Other", slug="other"))
    assert f'action="/feedback/{other.pk}/"' in client.get("/other/").content.decode()
    assert f'action="/feedback/{about.pk}/"' in client.get("/about/").content.decode()


def test_an_answer_comes_back_to_the_thanks_on_the_page(client: Client, about: StandardPage) -> None:
    response = answer(client, about, is_useful="no", comment="  Shorter,\r\nplease. ")
    assert (response.status_code, response["Location"]) == (303, "/about/#thank-you")
    assert response.cookies == {}
    ids = [box.get("id") for box in html5lib.parse(client.get("/about/").content, namespaceHTMLElements=False).iter()]
    assert "thank-you" in ids
    opinion = Opinion.objects.get()
    assert (opinion.page_id, opinion.is_useful, opinion.comment) == (about.pk, False, "Shorter, please.")


def test_a_script_gets_words_instead(client: Client, about: StandardPage) -> None:
    response = answer(client, about, HTTP_ACCEPT="application/json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert "Thank you" in json.loads(response.content)["said"]


def test_the_page_with_the_question_is_kept(client: Client, about: StandardPage, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    first = client.get("/about/")
    answer(client, about)
    second = client.get("/about/")
    assert first["Cache-Control"].startswith("public")
    assert (first["ETag"], first.content) == (second["ETag"], second.content)
    assert first.cookies == second.cookies == {}


def test_the_same_answer_again_counts_once(client: Client, about: StandardPage) -> None:
    for _again in range(3):
        assert answer(client, about).status_code == 303
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"is_useful": "no"}, {"comment": "Good"}, {"REMOTE_ADDR": "192.0.2.9"}, {"HTTP_USER_AGENT": "Another"}],
    ids=str,
)
def test_another_answer_is_not_lost(client: Client, about: StandardPage, other: dict[str, str]) -> None:
    answer(client, about)
    answer(client, about, **other)
    assert Opinion.objects.count() == 2


def test_tomorrow_is_another_day(about: StandardPage) -> None:
    given_on = [TODAY, TODAY, TODAY + timedelta(days=1)]
    assert [give(about, is_useful=True, place=HERE, today=day) for day in given_on] == [True, False, True]


def test_nothing_kept_says_whose_it_is(about: StandardPage) -> None:
    give(about, is_useful=True, place=HERE, today=TODAY)
    kept = str(Opinion.objects.values().get())
    assert not any(part in kept for part in (HERE.address, HERE.browser))


@pytest.mark.parametrize("data", [{}, {"is_useful": "maybe"}, {"is_useful": "yes", "comment": "x" * 501}])
def test_what_needs_help_is_shown_on_a_page_of_its_own(
    client: Client, about: StandardPage, data: dict[str, str]
) -> None:
    response = client.post(f"/feedback/{about.pk}/", data, **OWN)  # type: ignore[arg-type]
    assert response.status_code == 422
    words = response.content.decode()
    assert "error-summary" in words
    assert data.get("comment", "") in words
    assert not Opinion.objects.exists()


def test_the_question_can_be_asked_alone(client: Client, about: StandardPage) -> None:
    response = client.get(f"/feedback/{about.pk}/")
    assert response.status_code == 200
    assert "About us" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_another_sites_form_counts_nothing(client: Client, about: StandardPage) -> None:
    response = answer(client, about, HTTP_SEC_FETCH_SITE="cross-site", HTTP_ORIGIN="https://elsewhere.example.org")
    assert response.status_code == 403
    assert not Opinion.objects.exists()


def test_many_answers_from_one_place_wait(client: Client, about: StandardPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "OPINIONS_PER_ADDRESS", 1)
    assert [answer(client, about, comment=str(n)).status_code for n in range(2)] == [303, 429]
    assert Opinion.objects.count() == 1


def hidden(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def closed(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("hide", [hidden, closed, Page.delete], ids=["draft", "private", "deleted"])
def test_a_page_one_may_not_read_has_no_question(
    client: Client, about: StandardPage, hide: Callable[[Page], None]
) -> None:
    pk = about.pk
    hide(about)
    about.pk = pk
    assert answer(client, about).status_code == 404
    assert client.get(f"/feedback/{pk}/").status_code == 404


def test_a_page_that_is_not_for_reading_has_no_question(client: Client, home: Page, contact: ContactPage) -> None:
    root = Page.objects.get(depth=1)
    assert [answer(client, page).status_code for page in (home, contact, root)] == [404, 404, 404]
    assert client.post("/feedback/999999/", {"is_useful": "yes"}, **OWN).status_code == 404  # type: ignore[arg-type]


def test_a_deleted_page_takes_its_answers_with_it(client: Client, about: StandardPage) -> None:
    answer(client, about)
    about.delete()
    assert not Opinion.objects.exists()


# --- the report ---------------------------------------------------------------------------------------


def opinions(page: Page, *, yes: int, no: int, days: int = 0) -> None:
    Opinion.objects.bulk_create(
        Opinion(page=page, given_on=TODAY - timedelta(days=days), is_useful=number < yes) for number in range(yes + no)
    )


def test_the_least_useful_comes_first_and_one_no_outweighs_nothing(about: StandardPage, home: Page) -> None:
    pages = [home.add_child(instance=StandardPage(title=f"Page {n}", slug=f"page-{n}")) for n in range(3)]
    opinions(about, yes=20, no=5)
    opinions(pages[0], yes=0, no=1)
    opinions(pages[1], yes=2, no=18)
    found = [(page.title, page.answers, page.useful) for page in worst_first()]
    assert found == [("Page 1", 20, 2), ("Page 0", 1, 0), ("About us", 25, 20)]


def test_only_the_time_asked_for_counts(about: StandardPage) -> None:
    opinions(about, yes=1, no=0, days=0)
    opinions(about, yes=0, no=4, days=40)
    assert [(page.answers, page.useful) for page in worst_first(TODAY - timedelta(days=30))] == [(1, 1)]
    assert [(page.answers, page.useful) for page in worst_first()] == [(5, 1)]
    assert list(worst_first(TODAY + timedelta(days=1))) == []
