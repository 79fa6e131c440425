"""Whatever an address asks, it is safe; and what it asks is what is shown."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.history import queries
from network_site.history.filters import Filters, folded, read
from network_site.history.models import TimelineEvent
from network_site.people.models import Person
from tests.factories.history import EraFactory, ThemeFactory, TimelineEventFactory

questions = st.builds(
    Filters,
    themes=st.sets(st.sampled_from(["research", "awards", "gone"])).map(lambda found: tuple(sorted(found))),
    era=st.sampled_from(["", "first", "second", "gone"]),
    who=st.sampled_from(["", "us", "around"]),
    is_milestones=st.booleans(),
    words=st.sampled_from(["", "meeting", "MEETING ŵyl", "wyl", "award", "nobody says this", "Ada", "2016"]),
    is_newest=st.booleans(),
    is_table=st.booleans(),
)


@pytest.fixture
def history(db: None) -> list[TimelineEvent]:
    research, awards = ThemeFactory(slug="research", name="Research"), ThemeFactory(slug="awards", name="Awards")
    first = EraFactory(slug="first", starts_on=date(2015, 1, 1))
    second = EraFactory(slug="second", starts_on=date(2017, 1, 1))
    return [
        TimelineEventFactory(era=first, themes=[research], title="A meeting", milestone=True),
        TimelineEventFactory(era=first, themes=[research, awards], starts_on=date(2016, 5, 1), title="Gŵyl"),
        TimelineEventFactory(
            era=first, starts_on=date(2016, 6, 1), people=[Person.objects.create(name="Ada Lark", slug="ada-lark")]
        ),
        TimelineEventFactory(era=second, themes=[awards], starts_on=date(2017, 1, 1), around=True, milestone=True),
        TimelineEventFactory(era=second, starts_on=date(2018, 1, 1), around=True, summary="A meeting: gŵyl y ŷd."),
        TimelineEventFactory(era=second, starts_on=date(2018, 1, 1), draft=True, themes=[research], title="Secret"),
    ]


def plainly(moment: TimelineEvent, asked: Filters) -> bool:
    """The same question, answered the long way round."""
    if not moment.live:
        return False
    slugs = [theme.slug for theme in moment.themes.all()]
    if asked.themes and not any(slug in slugs for slug in asked.themes):
        return False
    if asked.era and moment.era.slug != asked.era:
        return False
    if asked.who and asked.who != ("around" if moment.is_around_us else "us"):
        return False
    if asked.is_milestones and not moment.is_milestone:
        return False
    said = f"{moment.title} {moment.summary} {moment.when} {moment.era.title} "
    said += " ".join([theme.name for theme in moment.themes.all()] + [one.name for one in moment.people.all()])
    return all(folded(word) in folded(said) for word in asked.words.split())


@given(asked=questions)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_each_question_is_answered_as_by_hand(history: list[TimelineEvent], asked: Filters) -> None:
    expected = [moment.slug for moment in history if plainly(moment, asked)]
    shown = [moment.slug for moment in queries.moments(asked)]
    assert shown == (expected[::-1] if asked.is_newest else expected)


@given(asked=questions)
def test_an_address_says_all_of_a_question(asked: Filters) -> None:
    assert read(QueryDict(asked.query.removeprefix("?"))) == asked


@given(
    asked=st.dictionaries(
        st.sampled_from(["theme", "era", "who", "milestones", "q", "order", "view", "other"]), st.text(max_size=200)
    )
)
def test_any_address_is_a_question_and_means_the_same_when_shared(asked: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(asked)
    once = read(query)
    assert len(once.words) <= 100
    assert read(QueryDict(once.query.removeprefix("?"))) == once


def test_a_question_keeps_its_order() -> None:
    asked = read(QueryDict("view=table&q=a+b&theme=z&theme=a&theme=a&milestones=1&order=newest&era=first&who=us"))
    assert asked.query == "?theme=a&theme=z&era=first&who=us&milestones=1&q=a+b&order=newest&view=table"


@pytest.mark.parametrize(
    "query",
    ["theme=%3Cb%3E", "era=../../etc", "who=them", "milestones=yes", "q=%00%01", "order=up", "view=cards", "q=++"],
)
def test_what_makes_no_sense_is_not_asked(query: str) -> None:
    assert read(QueryDict(query)) == Filters()
    assert not read(QueryDict(query)).is_asked


def test_nobody_asks_for_more_themes_than_there_can_be() -> None:
    assert len(read(QueryDict("&".join(f"theme=t{n}" for n in range(500)))).themes) == 20


def test_order_and_form_alone_leave_nothing_out() -> None:
    asked = Filters(is_newest=True, is_table=True)
    assert (asked.is_narrowed, asked.is_asked) == (False, True)
    assert asked.but(words="x", era="first").widest == asked


@pytest.mark.parametrize(
    ("said", "asked"), [("Gŵyl y ŷd", "gwyl yd"), ("The King’s Fund", "king's"), ("STRASSE", "straße")]
)
def test_words_are_found_without_accents_and_capitals(said: str, asked: str) -> None:
    assert all(word in folded(said) for word in folded(asked).split())
