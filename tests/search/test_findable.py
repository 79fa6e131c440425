"""What the site offers to be found: everything public, and nothing else."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction, ReferenceIndex

from events.models import ConferenceIndexPage, ConferencePage
from network_site.base import freshness
from network_site.history.models import Era, Theme, TimelineEvent, TimelinePage
from network_site.pages.models import ExplainerPage, HomePage, PeoplePage, StandardPage
from network_site.people.models import Organisation, Person
from network_site.search import asking, corpus, kinds
from network_site.search.corpus import Held
from tests.factories.conferences import ConferenceFactory, SessionFactory
from tests.factories.pages import raw

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def find(typed: str) -> list[Held]:
    corpus.site._seen = None  # as if an editor had changed something
    return list(asking.answer(typed, now=NOW, is_exact=True).hits)


def titles(typed: str) -> list[str]:
    return [held.document.title for held in find(typed)]


@pytest.fixture
def page(add: Callable[..., Any]) -> StandardPage:
    return add(StandardPage, title="Otters", lead="They swim.", body=raw(("text", "<p>Rivers and <b>ponds</b>.</p>")))


@pytest.mark.parametrize("typed", ["otters", "swim", "ponds", "rivers and ponds", "otter river"])
def test_a_page_is_found_by_any_of_its_words(page: StandardPage, typed: str) -> None:
    assert titles(typed) == ["Otters"]


def test_a_page_says_where_it_is(page: StandardPage, add: Callable[..., Any]) -> None:
    add(StandardPage, under=page, title="Cubs")
    (cubs,) = find("cubs")
    assert (cubs.kind, cubs.document.url, cubs.document.line) == ("pages", "/otters/cubs/", "Otters")


def test_a_draft_is_not_found(page: StandardPage) -> None:
    page.lead = "They fly."
    page.save_revision()
    assert (titles("fly"), titles("swim")) == ([], ["Otters"])


def test_a_page_that_was_never_published_is_not_found(add: Callable[..., Any]) -> None:
    add(StandardPage, title="Otters", live=False)
    assert titles("otters") == []


def test_what_was_published_is_found_and_what_it_was_is_not(page: StandardPage) -> None:
    assert titles("swim") == ["Otters"]
    page.lead = "They fly."
    page.save_revision().publish()
    assert (titles("fly"), titles("swim")) == (["Otters"], [])


def test_an_unpublished_page_is_not_found(page: StandardPage) -> None:
    assert titles("otters") == ["Otters"]
    page.unpublish()
    assert titles("otters") == []


def test_a_deleted_page_is_not_found(page: StandardPage) -> None:
    assert titles("otters") == ["Otters"]
    page.delete()
    assert titles("otters") == []


@pytest.mark.parametrize("where", ["the page", "above it"])
@pytest.mark.parametrize(
    "restriction",
    [{"restriction_type": "login"}, {"restriction_type": "password", "password": "x"}, {"restriction_type": "groups"}],
)
def test_a_private_page_is_not_found(
    page: StandardPage, home: HomePage, where: str, restriction: dict[str, str]
) -> None:
    assert titles("otters") == ["Otters"]
    closed = PageViewRestriction.objects.create(page=page if where == "the page" else home, **restriction)
    closed.groups.add(Group.objects.get_or_create(name="Some")[0])
    assert titles("otters") == []


def test_an_expired_page_is_not_found_even_before_it_is_taken_down(page: StandardPage) -> None:
    assert titles("otters") == ["Otters"]
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    assert page.live
    assert titles("otters") == []


def test_a_page_expires_without_anybody_changing_anything(page: StandardPage) -> None:
    page.expire_at = NOW + timedelta(hours=1)
    page.save()
    assert titles("otters") == ["Otters"]
    assert asking.answer("otters", now=NOW + timedelta(hours=2)).count == 0


def test_a_page_that_moved_is_found_where_it_is(page: StandardPage, add: Callable[..., Any]) -> None:
    below = add(StandardPage, title="Animals")
    find("otters")
    page.move(below, pos="last-child")
    (held,) = find("otters")
    assert held.document.url == "/animals/otters/"


def test_choices_in_blocks_are_no_words(add: Callable[..., Any]) -> None:
    add(
        ExplainerPage,
        title="Otters",
        body=raw(("text", "<p>Swim</p>"), ("notice", {"kind": "info", "text": "<p>Beware</p>"})),
    )
    (held,) = find("otters")
    assert "None" not in held.document.text
    assert "Swim" in held.document.text


# --- people and partners --------------------------------------------------------------------------------


@pytest.fixture
def amira(db: None) -> Person:
    works_at = Organisation.objects.create(name="University of Salford")
    return Person.objects.create(name="Amira Bell", role="Co-chair", about="She swims.", organisation=works_at)


def test_nobody_is_found_who_is_shown_nowhere(amira: Person, home: HomePage) -> None:
    assert titles("amira") == []


def test_somebody_is_found_at_their_own_page(amira: Person, home: HomePage) -> None:
    Person.objects.filter(pk=amira.pk).update(is_public=True)
    (held,) = find("amira")
    assert (held.kind, held.document.url) == ("people", amira.get_absolute_url())
    assert held.document.line == "Co-chair, University of Salford"
    assert titles("salford") == titles("swims") == ["Amira Bell"]


def shown_on(kind: Any, add: Callable[..., Any], person: Person, **fields: Any) -> Any:
    page = add(
        kind,
        body=raw(("people", {"heading": "Who", "intro": "", "people": [person.pk]})),
        **fields,
    )
    ReferenceIndex.create_or_update_for_object(page)
    return page


def test_somebody_is_found_on_the_page_that_shows_them(amira: Person, add: Callable[..., Any]) -> None:
    about = shown_on(StandardPage, add, amira, title="About")
    (held,) = find("amira")
    assert held.document.url == "/about/"
    shown_on(PeoplePage, add, amira, title="People")
    (held,) = find("amira")
    assert held.document.url == "/people/"
    for page in (about, PeoplePage.objects.get()):
        page.unpublish()
    assert titles("amira") == []


def test_a_partner_is_found_at_its_page(home: HomePage) -> None:
    partner = Organisation.objects.create(name="Canal Trust", about="Boats.", together="<p>We <b>paddle</b>.</p>")
    assert titles("canal") == []
    partner.is_partner = True
    partner.save()
    (held,) = find("paddle")
    assert (held.kind, held.document.title, held.document.url) == (
        "partners",
        "Canal Trust",
        partner.get_absolute_url(),
    )


# --- history --------------------------------------------------------------------------------------------


@pytest.fixture
def moment(add: Callable[..., Any]) -> TimelineEvent:
    add(TimelinePage, title="History", slug="history")
    era = Era.objects.create(slug="first", title="Beginnings", years="2015 to 2016", starts_on=date(2015, 1, 1))
    return TimelineEvent.objects.create(
        slug="first-walk",
        title="The first walk",
        summary="Along the canal.",
        starts_on=date(2016, 1, 1),
        precision="month",
        era=era,
    )


def test_a_moment_is_found_at_its_place_on_the_timeline(moment: TimelineEvent) -> None:
    (held,) = find("canal")
    assert (held.kind, held.document.url, held.document.line) == ("history", "/history/#first-walk", "January 2016")


def test_a_moment_is_found_by_its_theme_and_its_people(moment: TimelineEvent, amira: Person) -> None:
    moment.themes.add(Theme.objects.create(slug="walking", name="Wandering", icon="person", colour="teal"))
    moment.people.add(amira)
    moment.save()
    moment.title = "The very first walk"
    moment.save()
    assert titles("wandering") == ["The very first walk"]
    assert [(held.kind, held.document.url) for held in find("amira")] == [
        ("people", "/history/#first-walk"),
        ("history", "/history/#first-walk"),
    ]


def test_a_moment_that_is_a_draft_is_not_found(moment: TimelineEvent) -> None:
    moment.unpublish()
    assert titles("canal") == []


def test_without_a_timeline_there_is_nowhere_to_go(moment: TimelineEvent) -> None:
    TimelinePage.objects.get().unpublish()
    assert titles("canal") == []


# --- conferences ----------------------------------------------------------------------------------------


@pytest.fixture
def conference(add: Callable[..., Any]) -> ConferencePage:
    facts = ConferenceFactory(slug="otters-2027", title="Otters together", town="Leeds")
    facts.partners.add(Organisation.objects.create(name="Canal Trust"))
    SessionFactory(conference=facts, title="Swimming for beginners", summary="With fins.")
    index = add(ConferenceIndexPage, title="Conferences")
    return index.add_child(instance=ConferencePage(title="Otters together", conference=facts))


@pytest.mark.parametrize("typed", ["otters", "leeds", "canal trust", "swimming", "fins", "people and places"])
def test_a_conference_is_found_by_its_facts_and_programme(conference: ConferencePage, typed: str) -> None:
    (held,) = [one for one in find(typed) if one.kind == "conferences"]
    assert held.document.url == "/conferences/otters-2027/"
    assert held.document.line == "16 June 2027, The Old Mill, Leeds"


def test_a_conference_without_a_public_page_is_not_found(conference: ConferencePage) -> None:
    ConferenceFactory(title="Otters apart")
    assert titles("otters") == ["Otters together"]
    conference.unpublish()
    assert titles("otters") == []


@pytest.mark.parametrize("change", ["facts", "programme", "partner"])
def test_what_changed_of_a_conference_is_found(conference: ConferencePage, change: str) -> None:
    facts = conference.conference
    find("otters")
    if change == "facts":
        facts.strapline = "About marmots"
        facts.save()
    elif change == "programme":
        facts.sessions.update(title="Marmots")
    else:
        facts.partners.add(Organisation.objects.create(name="Marmot Trust"))
    assert titles("marmots") == ["Otters together"]


def test_saving_a_conference_is_told(conference: ConferencePage, django_capture_on_commit_callbacks: Any) -> None:
    before = freshness.Freshness.objects.values_list("words", flat=True).first() or 0
    with django_capture_on_commit_callbacks(execute=True):
        conference.conference.save()
    assert freshness.Freshness.objects.values_list("words", flat=True).get() > before


def test_every_page_is_of_one_kind(conference: ConferencePage, page: StandardPage) -> None:
    found = find("otters")
    assert sorted((held.kind, held.document.url) for held in found) == [
        ("conferences", "/conferences/otters-2027/"),
        ("pages", "/otters/"),
    ]


def test_a_yarn_that_is_none_of_the_house_is_refused() -> None:
    kind = kinds.every()[0]
    with pytest.raises(ValueError, match="pink"):
        kinds.register(type(kind)(kind.key, kind.label, kind.one, kind.stamps, kind.documents, yarn="pink"))


@pytest.mark.parametrize("number", [1, 3, 30])
def test_catching_up_asks_the_database_no_more_for_more(
    add: Callable[..., Any], django_assert_max_num_queries: Any, number: int
) -> None:
    for one in range(number):
        add(StandardPage, title=f"Otters {one}")
    with django_assert_max_num_queries(36):
        assert len(find("otters")) == number
