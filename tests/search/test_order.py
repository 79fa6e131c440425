"""The same words give the same results in the same order, whatever the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from events.models import ConferenceIndexPage, ConferencePage
from network_site.history.models import Era, TimelineEvent, TimelinePage
from network_site.pages.models import ExplainerPage, StandardPage
from network_site.people.models import Organisation, Person
from network_site.search import asking, corpus
from tests.factories.conferences import ConferenceFactory
from tests.factories.pages import raw

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def site(add: Callable[..., Any]) -> None:
    add(StandardPage, title="About us", lead="We link the people who link people.")
    add(
        ExplainerPage,
        title="What is social prescribing?",
        lead="A link worker asks what matters.",
        body=raw(("text", "<p>Gardens, choirs, advice. A GP may refer.</p>")),
    )
    add(StandardPage, title="Privacy", lead="What we keep. We are the Social Prescribing Network.")
    add(TimelinePage, title="History", slug="history")
    era = Era.objects.create(slug="first", title="Beginnings", years="2015", starts_on=date(2015, 1, 1))
    for year, title, summary in [
        (2016, "The first conference", "In London. Social prescribing gets a definition."),
        (2019, "The plan", "A thousand link workers."),
        (2020, "Closed doors", "The conference moves online."),
    ]:
        TimelineEvent.objects.create(
            slug=str(year), title=title, summary=summary, starts_on=date(year, 1, 1), precision="year", era=era
        )
    works_at = Organisation.objects.create(
        name="University of Salford", is_partner=True, about="Research in social prescribing."
    )
    Person.objects.create(name="Amira Bell", role="Link worker", organisation=works_at, is_public=True, about="Sings.")
    index = add(ConferenceIndexPage, title="Conferences")
    for place in ("Leeds", "London"):
        facts = ConferenceFactory(
            title=f"Together in {place}", slug=place.lower(), town=place, strapline="Social prescribing by the sea"
        )
        index.add_child(instance=ConferencePage(title=facts.title, conference=facts))
    corpus.site.forget()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "social prescribing",
            [
                "What is social prescribing?",
                "Together in Leeds",
                "Together in London",
                "Privacy",
                "University of Salford",
                "The first conference",
            ],
        ),
        ("link worker", ["Amira Bell", "The plan", "What is social prescribing?"]),
        ("conference london", ["Together in London", "The first conference"]),
        (
            "conference",
            ["Conferences", "The first conference", "Closed doors", "Together in Leeds", "Together in London"],
        ),
        ("salford", ["University of Salford", "Amira Bell"]),
        ("GP", ["What is social prescribing?"]),
        ("confernce -online", ["Conferences", "The first conference", "Together in Leeds", "Together in London"]),
        ("together OR choir", ["Together in Leeds", "Together in London", "What is social prescribing?"]),
    ],
)
def test_the_order_of_results(site: None, typed: str, expected: list[str]) -> None:
    assert [held.document.title for held in asking.answer(typed, now=NOW).hits] == expected
