"""Where the history shows on other pages: this month, a slice in a body, the pages of conferences and people."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import Client

from network_site.base.offers import Connection
from network_site.history import queries
from network_site.history.blocks import TimelineSliceBlock
from network_site.history.models import TiedPublication
from network_site.history.offering import moments_of
from network_site.pages.models import HomePage
from network_site.people.models import Organisation, Person
from research_db.models import Publication
from tests.factories.conferences import ConferenceFactory
from tests.factories.history import EraFactory, ThemeFactory, TimelineEventFactory
from tests.pages.reading import Html

pytestmark = pytest.mark.django_db


class TestThisMonth:
    def test_only_what_is_known_to_be_of_the_month(self) -> None:
        TimelineEventFactory(title="year", year=True, starts_on=date(2016, 3, 1))
        TimelineEventFactory(title="uncertain", circa=True, starts_on=date(2016, 3, 1))
        TimelineEventFactory(title="draft", draft=True)
        TimelineEventFactory(title="other", starts_on=date(2016, 4, 1))
        assert queries.this_month(date(2027, 3, 15)) is None

    @pytest.mark.parametrize("facts", [{"precision": "day"}, {"precision": "month"}])
    def test_a_day_or_a_month_will_do(self, facts: dict[str, Any]) -> None:
        moment = TimelineEventFactory(**facts)
        assert queries.this_month(date(2027, 3, 15)) == moment

    def test_a_season_stands_in_where_no_month_is_known(self) -> None:
        season = TimelineEventFactory(precision="season", starts_on=date(2018, 12, 1))
        assert queries.this_month(date(2027, 2, 1)) == season
        assert queries.this_month(date(2027, 3, 1)) is None
        exact = TimelineEventFactory(starts_on=date(2016, 2, 9))
        assert queries.this_month(date(2027, 2, 1)) == exact

    def test_several_have_their_years_in_turn(self) -> None:
        both = [TimelineEventFactory(starts_on=date(year, 7, 1)) for year in (2018, 2019)]
        shown = [queries.this_month(date(year, 7, 31)) for year in range(2026, 2030)]
        assert set(shown[:2]) == set(both)
        assert shown[:2] == shown[2:]

    @pytest.mark.parametrize(
        ("facts", "mark", "kicker", "datetime"),
        [
            ({"milestone": True}, "knot", "March in our history", "2016-03-09"),
            ({"sold_out": True, "delegates": 94}, "loop", "March in our history", "2016-03-09"),
            ({"delegates": 94, "precision": "month"}, "bight", "March in our history", "2016-03"),
            ({"precision": "season"}, "stitch", "Spring in our history", "2016"),
        ],
    )
    def test_it_looks_like_the_home_page_s(self, facts: dict[str, Any], mark: str, kicker: str, datetime: str) -> None:
        moment = TimelineEventFactory(title="<b>It</b>", slug="it", **facts)
        template = Template('{% include "history/this_month.html" %}')
        html = Html(template.render(Context({"moment": moment})))
        assert f'<section class="month month--{mark}" aria-labelledby="month">' in html
        assert f'<p class="kicker">{kicker}</p>' in html
        assert f'<time datetime="{datetime}">' in html
        assert '<h2 id="month">&lt;b&gt;It&lt;/b&gt;</h2>' in html
        assert 'href="/history/#it"' in html


class TestSlice:
    def drawn(self, **value: Any) -> Html:
        block = TimelineSliceBlock()
        given = {"heading": "Then", "themes": [], "era": None, "only_milestones": False, "most": 3, **value}
        return Html(block.render(block.to_python(given)))

    def test_the_newest_few_oldest_first(self) -> None:
        era = EraFactory()
        for year in (2015, 2016, 2017, 2018):
            TimelineEventFactory(era=era, title=f"In {year}", starts_on=date(year, 1, 1))
        html = self.drawn(most=2)
        assert html.index("In 2017") < html.index("In 2018")
        assert "In 2016" not in html
        assert "<h2>Then</h2>" in html

    def test_by_theme_era_and_milestone(self) -> None:
        theme, era = ThemeFactory(), EraFactory()
        TimelineEventFactory(title="Wanted", themes=[theme], era=era, milestone=True)
        TimelineEventFactory(title="Elsewhere", themes=[theme], milestone=True)
        TimelineEventFactory(title="Other theme", era=era, milestone=True)
        TimelineEventFactory(title="Small", themes=[theme], era=era)
        html = self.drawn(themes=[theme.pk], era=era.pk, only_milestones=True, most=12)
        assert "Wanted" in html
        assert not any(title in html for title in ("Elsewhere", "Other theme", "Small"))

    def test_a_theme_or_an_era_that_is_gone(self) -> None:
        TimelineEventFactory(title="Still here")
        assert "Still here" in self.drawn(themes=[999_999], era=999_999)

    def test_nothing_to_show_is_nothing(self) -> None:
        assert self.drawn() == ""

    def test_no_more_than_it_may(self) -> None:
        era = EraFactory()
        for _ in range(20):
            TimelineEventFactory(era=era)
        assert self.drawn(most=500).count("<h3>") == 12
        assert self.drawn(most=None).count("<h3>") == 1

    def test_zero_is_none(self) -> None:
        TimelineEventFactory()
        assert queries.slice_of(most=0) == []


class TestConnections:
    def test_a_conference_and_a_person_say_where_they_stand(self) -> None:
        conference = ConferenceFactory()
        ada = Person.objects.create(name="Ada", slug="ada")
        TimelineEventFactory(slug="one", title="The first", month=True, conference=conference, people=[ada])
        TimelineEventFactory(title="Draft", draft=True, conference=conference, people=[ada])
        expected = [Connection("Part of our history", "/history/#one", "The first", "March 2016")]
        assert moments_of(conference) == expected
        assert moments_of(ada) == expected

    def test_a_publication_says_where_it_stands(self) -> None:
        one, other = (Publication.objects.create(title=title) for title in ("One", "Other"))
        moment = TimelineEventFactory(slug="one", title="The first", month=True)
        moment.tied_publications.add(TiedPublication(publication=one))
        moment.save()
        assert moments_of(one) == [Connection("Part of our history", "/history/#one", "The first", "March 2016")]
        assert moments_of(other) == []

    def test_a_moment_names_a_publication_once(self) -> None:
        one, moment = Publication.objects.create(title="One"), TimelineEventFactory()
        TiedPublication.objects.create(event=moment, publication=one)
        with pytest.raises(IntegrityError), transaction.atomic():
            TiedPublication.objects.create(event=moment, publication=one)

    def test_the_history_answers_only_for_what_it_knows(self) -> None:
        assert moments_of(Organisation.objects.create(name="A partner", slug="a-partner")) == []
        assert moments_of(ConferenceFactory()) == []

    def test_the_page_of_a_conference_says_it(self, home: HomePage, client: Client) -> None:
        from events.models import ConferenceIndexPage, ConferencePage

        index = home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))
        conference = ConferenceFactory(past=True)
        index.add_child(instance=ConferencePage(title="x", slug=conference.slug, conference=conference))
        TimelineEventFactory(slug="one", title="A & B", month=True, conference=conference)
        html = Html(client.get(f"/conferences/{conference.slug}/").content.decode())
        assert 'Part of our history: <a href="/history/#one">A &amp; B</a>, March 2016' in html
