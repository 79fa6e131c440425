"""A moment says its date as well as it is known, and what it was in words and marks."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network_site.history import drawing
from network_site.history.models import TimelineEvent
from tests.factories.conferences import ConferenceFactory
from tests.factories.history import EraFactory, ThemeFactory, TimelineEventFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "words", "machine"),
    [
        ({"precision": "day"}, "9 March 2016", "2016-03-09"),
        ({"precision": "month"}, "March 2016", "2016-03"),
        ({"precision": "season"}, "Spring 2016", "2016"),
        ({"precision": "year"}, "2016", "2016"),
        ({"precision": "year", "starts_on": date(2016, 1, 1)}, "2016", "2016"),
        ({"circa": True}, "About 2016", ""),
        ({"circa": True, "when_words": "Before the network"}, "Before the network", ""),
        ({"precision": "month", "when_words": "Early in 2016"}, "Early in 2016", "2016-03"),
        ({"ends_on": date(2016, 3, 10)}, "9 and 10 March 2016", "2016-03-09"),
    ],
)
def test_its_date_is_no_finer_than_it_is_known(facts: dict[str, object], words: str, machine: str) -> None:
    moment = TimelineEventFactory(**facts)
    assert (moment.when, moment.machine) == (words, machine)


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({}, ""),
        ({"ends_on": date(2016, 3, 10)}, "2016-03-10"),
        ({"ends_on": date(2016, 3, 9)}, ""),
        ({"ends_on": date(2016, 3, 31), "precision": "month"}, ""),
        ({"ends_on": date(2018, 3, 31), "precision": "year"}, "2018"),
        ({"ends_on": date(2018, 3, 31), "circa": True}, ""),
    ],
)
def test_its_last_day_is_said_where_it_says_something(facts: dict[str, object], end: str) -> None:
    assert TimelineEventFactory(**facts).machine_end == end


def test_it_cannot_end_before_it_starts() -> None:
    with pytest.raises(IntegrityError, match="moment_ends_after_it_starts"), transaction.atomic():
        TimelineEventFactory(ends_on=date(2016, 3, 8))


@pytest.mark.parametrize("slug", ["main", "moments", "year-2016", "era-policy", "filter-q"])
def test_its_address_is_not_one_the_page_uses(slug: str) -> None:
    with pytest.raises(ValidationError, match="uses this address itself"):
        TimelineEventFactory(slug=slug).full_clean()


def test_eras_come_first_then_dates_then_the_order_editors_gave() -> None:
    later, earlier = EraFactory(starts_on=date(2017, 1, 1)), EraFactory(starts_on=date(2015, 1, 1))
    TimelineEventFactory(title="d", era=later, starts_on=date(2001, 1, 1))
    TimelineEventFactory(title="c", era=earlier, tie_order=2)
    TimelineEventFactory(title="b", era=earlier, tie_order=1)
    TimelineEventFactory(title="a", era=earlier, starts_on=date(2015, 1, 1))
    TimelineEventFactory(title="x", draft=True)
    assert [moment.title for moment in TimelineEvent.objects.public().in_order()] == list("abcd")


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({}, "stitch"),
        ({"milestone": True}, "knot"),
        ({"delegates": 20}, "bight"),
        ({"sold_out": True}, "loop"),
        ({"sold_out": True, "milestone": True, "delegates": 94}, "loop"),
        ({"delegates": 0}, "stitch"),
    ],
)
def test_its_mark_says_what_it_was(facts: dict[str, object], mark: str) -> None:
    assert drawing.mark_of(TimelineEventFactory.build(era=None, **facts)) == mark


@pytest.mark.parametrize(
    ("delegates", "words", "inside", "sentence"),
    [
        (94, "", ("94", "delegates"), "94 delegates."),
        (1, "", ("1", "delegate"), "1 delegate."),
        (1000, "over 1,000 delegates", ("1,000+", "delegates"), "Over 1,000 delegates."),
        (1000, "more than a thousand", ("1,000+", "delegates"), "More than a thousand."),
        (300, "about 300 delegates", ("300", "delegates"), "About 300 delegates."),
        (None, "", ("", "sold|out"), ""),
        (None, "full in a month", ("", "full in|a month"), "Full in a month."),
        (None, "every single place was taken", ("", "sold|out"), "Every single place was taken."),
        (None, "full", ("", "full"), "Full."),
    ],
)
def test_what_stands_in_a_loop_and_beside_it(
    delegates: int | None, words: str, inside: tuple[str, str], sentence: str
) -> None:
    moment = TimelineEventFactory.build(era=None, sold_out=True, delegates=delegates, delegates_words=words)
    assert drawing.in_loop(moment) == inside
    assert drawing.company(moment) == sentence


def test_colour_comes_with_an_icon_and_a_word() -> None:
    theme = ThemeFactory(name="Research", icon="book", colour="sage")
    moment = TimelineEventFactory(themes=[theme], sold_out=True, milestone=True, around=True)
    assert [(tag.words, tag.icon) for tag in drawing.tags(moment)] == [
        ("Sold out", ""),
        ("Milestone", ""),
        ("Research", "book"),
        ("Around us", ""),
    ]


def test_every_icon_and_colour_of_a_theme_can_be_drawn() -> None:
    from network_site.history.models import Theme
    from network_site.ui.icons import ICONS

    assert set(Theme.Icon.values) <= set(ICONS)
    assert max(map(len, Theme.Colour.values)) == 6


@pytest.mark.parametrize(
    ("themes", "facts", "colour"),
    [
        (["sage"], {}, "c-sage"),
        (["teal"], {}, ""),
        ([], {}, ""),
        (["sage"], {"around": True}, "c-muted"),
        (["sage"], {"milestone": True}, ""),
    ],
)
def test_a_stitch_has_the_colour_of_its_theme(themes: list[str], facts: dict[str, object], colour: str) -> None:
    moment = TimelineEventFactory(themes=[ThemeFactory(colour=name) for name in themes], **facts)
    assert drawing.on_thread(moment).colour == colour


def test_a_date_that_is_not_certain_has_no_bead() -> None:
    assert drawing.on_thread(TimelineEventFactory(circa=True)).bead == ""
    assert drawing.on_thread(TimelineEventFactory(year=True)).bead == "2016"


def test_a_conference_is_linked_to_while_it_has_a_page() -> None:
    moment = TimelineEventFactory(conference=ConferenceFactory(past=True))
    [told] = drawing.told([moment])
    assert told.conference_url == ""
    assert drawing.told([TimelineEventFactory()])[0].conference_url == ""


class TestThePictureIsDecided:
    @pytest.fixture
    def picture(self) -> object:
        from wagtail.images.tests.utils import get_test_image_file

        from network_site.base.models import NetworkImage

        return NetworkImage.objects.create(title="Hands", file=get_test_image_file(size=(40, 30)))

    def test_a_picture_without_words_is_not_published(self, picture: object) -> None:
        moment = TimelineEventFactory(image=picture)
        with pytest.raises(ValidationError, match="Say what the picture shows"):
            moment.full_clean()

    @pytest.mark.parametrize(
        ("facts", "alt"),
        [({"alt": "Two hands"}, "Two hands"), ({"is_decorative": True}, ""), ({"is_decorative": True, "alt": "x"}, "")],
    )
    def test_words_or_decoration_will_do(self, picture: object, facts: dict[str, object], alt: str) -> None:
        moment = TimelineEventFactory(image=picture, **facts)
        moment.full_clean()
        assert moment.alt_text == alt

    def test_the_picture_s_own_description_will_do(self, picture: object) -> None:
        picture.description = "Somebody knitting"  # type: ignore[attr-defined]
        moment = TimelineEventFactory(image=picture)
        moment.full_clean()
        assert moment.alt_text == "Somebody knitting"

    def test_no_picture_needs_no_words(self) -> None:
        moment = TimelineEventFactory()
        moment.full_clean()
        assert moment.alt_text == ""
