"""Blocks that show what the rooms have: it comes by itself, is never more than anybody may see, and costs little."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from events.models import Conference, ConferenceIndexPage, ConferencePage
from network_site.base import body as bodies
from network_site.base import freshness
from network_site.base.blocks.leading import is_open_to_all
from network_site.pages.callouts import Callout
from network_site.pages.models import ExplainerPage, HomePage, StandardPage
from network_site.people.models import Organisation, Person, User
from tests.factories.pages import NO_LINK
from tests.pages.reading import Html
from tests.pages.test_block_library import body_of

Make = Callable[..., Any]


@pytest.fixture
def standard(page_with: Make) -> Make:
    def make(*blocks: tuple[str, Any]) -> Any:
        return page_with(*blocks, kind=StandardPage)

    return make


def shown(page: StandardPage) -> Html:
    return Html(body_of(StandardPage.objects.get(pk=page.pk)))


# --- pages as cards -----------------------------------------------------------------------------------


def cards(*pages: Page, heading: str = "Start here", text: str = "") -> tuple[str, dict[str, Any]]:
    return "cards", {"heading": heading, "items": [{"page": page.pk, "text": text} for page in pages]}


def test_a_card_has_the_title_and_summary_of_its_page(standard: Make, add: Make) -> None:
    page = add(ExplainerPage, title="What is it?", summary="From the beginning.")
    html = shown(standard(cards(page)))
    assert f'<h3 class="swatch__title"><a href="{page.url}">What is it?</a></h3> <p>From the beginning.</p>' in html
    assert "<p>My own words</p>" in shown(standard(cards(page, text="My own words")))


def test_cards_without_a_heading_have_none_themselves(standard: Make, add: Make) -> None:
    assert "<h3" not in shown(standard(cards(add(ExplainerPage), heading="")))


def test_a_page_not_everybody_may_read_is_no_card(standard: Make, add: Make) -> None:
    hidden, closed = add(StandardPage, title="Hidden", live=False), add(StandardPage, title="Closed")
    below = add(StandardPage, under=closed, title="Below")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    html = shown(standard(cards(hidden, closed, below)))
    assert html == ""
    assert [is_open_to_all(page) for page in (hidden, closed, below)] == [False] * 3
    assert is_open_to_all(add(StandardPage))


def test_thirty_cards_cost_the_queries_of_one(
    standard: Make, add: Make, django_assert_num_queries: Callable[..., Any]
) -> None:
    targets = [add(ExplainerPage, title=f"Page {n}", summary="A summary.") for n in range(30)]
    for many in (1, 3, 30):
        page = standard(*[cards(target) for target in targets[:many]])
        fresh = StandardPage.objects.get(pk=page.pk)
        shown(page)
        with django_assert_num_queries(3):
            assert body_of(fresh).count("A summary.") == many


# --- people -------------------------------------------------------------------------------------------


def contact(person: Person, **changes: Any) -> tuple[str, dict[str, Any]]:
    facts = {"heading": "Questions?", "person": person.pk, "text": "", "email": "", "phone": "", "link": NO_LINK}
    return "contact", {**facts, **changes}


def test_whom_to_ask_and_how(standard: Make) -> None:
    person = Person.objects.create(name="Ada Weaver", role="Secretary")
    html = shown(standard(contact(person, email="ada@example.org", phone="0113 496 0000", text="On Mondays.")))
    assert 'href="mailto:ada@example.org"' in html
    assert 'href="tel:01134960000"' in html
    assert "Ada Weaver" in html
    assert "Secretary" in html
    assert "<p>On Mondays.</p>" in html


def test_nothing_but_a_name_is_enough(standard: Make) -> None:
    html = shown(standard(contact(Person.objects.create(name="Ada Weaver"))))
    assert "contact__ways" not in html
    assert '<h2 id="questions">Questions?</h2>' in html


def test_somebody_with_a_page_is_a_link_and_with_a_portrait_a_face(standard: Make, picture: Make) -> None:
    person = Person.objects.create(name="Ada", about="Weaves.", is_public=True, portrait=picture())
    html = shown(standard(contact(person)))
    assert f'<a href="{person.get_absolute_url()}">Ada</a>' in html
    assert "fill-160x160" in html


@pytest.mark.parametrize("kind", ["people", "contact", "organisations", "callout"])
def test_thirty_of_a_kind_cost_the_queries_of_one(
    kind: str, standard: Make, picture: Make, django_assert_num_queries: Callable[..., Any]
) -> None:
    image = picture()
    makers: dict[str, Callable[[int], tuple[str, dict[str, Any]]]] = {
        "people": lambda n: ("people", {"heading": "x", "intro": "", "people": [somebody(n)]}),
        "contact": lambda n: contact(Person.objects.get(pk=somebody(n))),
        "organisations": lambda n: ("organisations", {"heading": "x", "intro": "", "organisations": [some(n)]}),
        "callout": lambda n: ("callout", {"callout": Callout.objects.create(name=f"c{n}", heading="x").pk}),
    }

    def somebody(n: int) -> int:
        return int(Person.objects.create(name=f"P{n}", portrait=image, organisation=employer).pk)

    def some(n: int) -> int:
        return int(Organisation.objects.create(name=f"O{n}", logo=image).pk)

    employer = Organisation.objects.create(name="Employer")
    costs = {"people": 2, "contact": 2, "organisations": 2, "callout": 1}
    for many in (1, 3, 30):
        page = standard(*[makers[kind](many * 100 + n) for n in range(many)])
        shown(page)
        fresh = StandardPage.objects.get(pk=page.pk)
        with django_assert_num_queries(costs[kind]):
            body_of(fresh)


# --- conferences --------------------------------------------------------------------------------------


@pytest.fixture
def conferences(home: HomePage) -> Callable[..., Conference]:
    index = home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))

    def make(slug: str, days: int, *, live: bool = True, **facts: Any) -> Conference:
        usual = {"status": Conference.Status.ON_SALE, "title": slug.title(), "town": "Leeds"}
        day = timezone.localdate() + timedelta(days=days)
        conference = Conference.objects.create(slug=slug, starts_on=day, **{**usual, **facts})
        index.add_child(instance=ConferencePage(title=slug.title(), slug=slug, conference=conference, live=live))
        return conference

    return make


def of(which: str, most: int = 3) -> tuple[str, dict[str, Any]]:
    return "conferences", {"heading": "Where we meet", "which": which, "most": most}


def test_the_next_conferences_come_by_themselves(standard: Make, conferences: Make) -> None:
    conferences("later", 90)
    conferences("soon", 9)
    conferences("today", 0)
    conferences("yesterday", -1)
    conferences("secret", 5, status=Conference.Status.DRAFT)
    conferences("unwritten", 5, live=False)
    html = shown(standard(of("next", 2)))
    assert [html.find(title) > 0 for title in ("Today", "Soon", "Later", "Yesterday", "Secret", "Unwritten")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert html.index("Today") < html.index("Soon")
    assert "On sale" in html
    assert '<a href="/conferences/soon/">Soon</a>' in html


def test_the_last_ones_say_whether_they_were_full(standard: Make, conferences: Make) -> None:
    conferences("older", -400, status=Conference.Status.CLOSED, was_sold_out=True)
    conferences("old", -40)
    conferences("cancelled", -4, status=Conference.Status.CANCELLED)
    html = shown(standard(of("past")))
    assert html.index("Old") < html.index("Older")
    assert html.count("Sold out") == 1
    assert "Cancelled" not in html
    assert "On sale" not in html


@pytest.mark.parametrize(("which", "words"), [("next", "No date yet"), ("past", "no conference yet")])
def test_none_is_said_in_words(standard: Make, which: str, words: str) -> None:
    assert words in shown(standard(of(which)))


def test_many_conferences_cost_the_queries_of_one(
    standard: Make, conferences: Make, django_assert_num_queries: Callable[..., Any]
) -> None:
    page = standard(of("next", 12))
    for many in (1, 3, 12):
        for n in range(many):
            conferences(f"c{many}-{n}", n + 1)
        fresh = StandardPage.objects.get(pk=page.pk)
        with django_assert_num_queries(2):
            body_of(fresh)


def test_a_conference_that_changes_is_shown_at_once(
    standard: Make, conferences: Make, settings: Settings, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    conference = conferences("soon", 9)
    page = standard(of("next"))
    assert "Soon" in shown(page)
    Conference.objects.filter(pk=conference.pk).update(title="Sooner")
    assert "Sooner" not in shown(page), "what is remembered is not made again for nothing"
    with django_capture_on_commit_callbacks(execute=True):
        freshness.touch()
    assert "Sooner" in shown(page)


def test_only_such_a_page_asks_what_changed(standard: Make) -> None:
    assert bodies.lives(standard(of("next")).body)
    assert not bodies.lives(standard(("text", "<p>Words.</p>")).body)


# --- writing ------------------------------------------------------------------------------------------


def test_new_writing_comes_by_itself(standard: Make, add: Make) -> None:
    now = timezone.now()
    for n in range(4):
        add(ExplainerPage, title=f"Guide {n}", summary="In plain words.", first_published_at=now - timedelta(days=n))
    html = shown(standard(("writing", {"heading": "New here", "most": 2})))
    assert [f"Guide {n}" in html for n in range(4)] == [True, True, False, False]
    assert "Guide</p>" in html
    assert html.count("In plain words.") == 2


def test_no_writing_is_said_in_words(standard: Make) -> None:
    assert "Nothing is published yet" in shown(standard(("writing", {"heading": "New here", "most": 2})))


# --- callouts -----------------------------------------------------------------------------------------


def callout(**facts: Any) -> Callout:
    return Callout.objects.create(**{"name": "Help", "heading": "Help now", "text": "<p>Call <b>999</b>.</p>", **facts})


def test_words_are_changed_once_for_every_page(standard: Make) -> None:
    words = callout(tone=Callout.Tone.WARN)
    block = ("callout", {"callout": words.pk})
    pages = [standard(block), standard(block)]
    assert 'class="callout callout--warn" role="note"' in shown(pages[0])
    words.text = "<p>Call <b>112</b>.</p>"
    words.save()
    assert ["<b>112</b>" in shown(page) for page in pages] == [True, True]


def test_a_callout_leads_to_one_place(standard: Make, add: Make) -> None:
    page = add(StandardPage, title="Where to get help")
    assert f'<a class="more" href="{page.url}">Where to get help</a>' in shown(
        standard(("callout", {"callout": callout(page=page).pk}))
    )
    both = callout(name="Both", link_words="Here")
    with pytest.raises(IntegrityError), transaction.atomic():
        Callout.objects.filter(pk=both.pk).update(page=page, url="/help/")
    with pytest.raises(IntegrityError), transaction.atomic():
        Callout.objects.filter(pk=both.pk).update(url="/help/", link_words="")


def test_a_callout_whose_page_is_not_published_leads_nowhere(add: Make) -> None:
    assert callout(page=add(StandardPage, live=False)).address == ""
    assert callout(name="Elsewhere", url="/help/", link_words="Help").address == "/help/"
    assert callout(name="Nowhere").address == callout(name="Nothing").words == ""


@pytest.mark.django_db
def test_a_callout_with_a_dangerous_address_is_refused() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        Callout(name="x", heading="x", link_words="x", url="javascript:alert(1)").full_clean()
    assert list(refused.value.message_dict) == ["url"]


def test_editors_see_where_a_callout_is_shown(standard: Make, client: Client) -> None:
    words = callout()
    standard(("callout", {"callout": words.pk}))
    standard(("callout", {"callout": words.pk}))
    client.force_login(User.objects.create_superuser("editor@example.org"))
    listing = Html(client.get("/admin/snippets/pages/callout/").content.decode())
    assert "Shown in so many places" in listing
    assert "<td> 2 </td>" in listing
    usage = client.get(f"/admin/snippets/pages/callout/usage/{words.pk}/")
    assert usage.content.decode().count("Body") >= 2


@pytest.mark.django_db
def test_an_editor_can_look_at_a_callout_before_saving_it(client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor@example.org"))
    add = "/admin/snippets/pages/callout/preview/"
    facts = {"name": "Help", "tone": "ok", "heading": "Help now", "text": '{"blocks": [], "entityMap": {}}'}
    facts.update({"link_words": "", "page": "", "url": ""})
    assert client.post(add, facts).json()["is_valid"]
    html = client.get(add, {"mode": ""}).content.decode()
    assert "callout--ok" in html
    assert "Help now" in html
