"""Dates as typed: as much as is known, and a sentence where something is wrong."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from network_site.base.dates import Precision
from network_site.history.cells import read_date, season_of, written_date
from network_site.history.editing.dates import DatesForm


def typed(**facts: Any) -> DatesForm:
    """The form with these parts: `start="9 3 2016"`, a dash for what is left empty."""
    data = {"precision": facts.pop("precision", "day")}
    for name, whole in (("starts_on", facts.pop("start", "- - -")), ("ends_on", facts.pop("end", "- - -"))):
        for part, value in zip(("day", "month", "year"), whole.split(), strict=True):
            data[f"{name}_{part}"] = "" if value == "-" else value
    return DatesForm(data | facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"start": "9 3 2016"}, "9 March 2016"),
        ({"start": "11 7 2019", "end": "12 7 2019"}, "11 and 12 July 2019"),
        ({"start": "11 7 2019", "end": "11 7 2019"}, "11 July 2019"),
        ({"precision": "month", "start": "- 3 2016"}, "March 2016"),
        ({"precision": "month", "start": "9 3 2016"}, "March 2016"),
        ({"precision": "month", "start": "- 3 2016", "end": "- 5 2016"}, "March 2016 to May 2016"),
        ({"precision": "season", "start": "- 4 2018"}, "Spring 2018"),
        ({"precision": "season", "start": "- 12 2018"}, "Winter 2018 to 2019"),
        ({"precision": "season", "start": "- 1 2019"}, "Winter 2018 to 2019"),
        ({"precision": "season", "start": "- 12 2018", "end": "- 1 2019"}, "Winter 2018 to 2019"),
        ({"precision": "season", "start": "31 4 2018"}, "Spring 2018"),
        ({"precision": "year", "start": "- - 2017"}, "2017"),
        ({"precision": "year", "start": "- 5 2017", "is_circa": "on"}, "About 2017"),
        ({"precision": "year", "start": "- 5 2017", "end": "- - 2017"}, "2017"),
        ({"precision": "year", "start": "- - 2015", "when_words": "Before it all"}, "Before it all"),
    ],
)
def test_the_sentence_is_what_visitors_read(facts: dict[str, Any], words: str) -> None:
    form = typed(**facts)
    assert form.told() == words
    assert form.is_valid()


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({}, "starts_on", "Give the year, and more where it is known."),
        ({"start": "9 3 -"}, "starts_on", "Give the year, such as 2016."),
        ({"start": "- 3 2016"}, "starts_on", "Give the day, the month and the year, or say above that less is known."),
        ({"start": "9 - 2016"}, "starts_on", "Give the day, the month and the year, or say above that less is known."),
        ({"precision": "month", "start": "- - 2016"}, "starts_on", "only the year is known."),
        ({"precision": "season", "start": "- - 2016"}, "starts_on", "a month of the season: April for spring"),
        ({"start": "30 2 2016"}, "starts_on", "There is no 30 February 2016. Correct the day."),
        ({"start": "29 2 2015"}, "starts_on", "There is no 29 February 2015. Correct the day."),
        ({"start": "x 3 2016"}, "starts_on", "Write the day as 1 to 31 and the year in four figures."),
        ({"start": "0 3 2016"}, "starts_on", "as 1 to 31"),
        ({"start": "1 13 2016"}, "starts_on", "Select a valid choice"),
        ({"start": "1 1 99999"}, "starts_on", "in four figures"),
        ({"start": "12 7 2019", "end": "11 7 2019"}, "ends_on", "The last day comes before the first."),
        ({"start": "12 7 2019", "end": "- - 2019"}, "ends_on", "Give the day, the month and the year"),
        ({"precision": "year", "start": "- - 2019", "end": "- - 2018"}, "ends_on", "The last day comes before"),
        ({"precision": "week", "start": "1 1 2019"}, "precision", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(facts: dict[str, Any], field: str, words: str) -> None:
    form = typed(**facts)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]
    assert words in form.told()


parts = st.text("0123456789-x ٣", max_size=5)


@given(st.fixed_dictionaries(dict.fromkeys(("day", "month", "year"), parts)), st.sampled_from([*Precision.values, ""]))
def test_no_date_breaks_the_form(start: dict[str, str], precision: str) -> None:
    data = {f"starts_on_{name}": value for name, value in start.items()} | {"precision": precision}
    assert DatesForm(data).told()


@given(st.dates(min_value=date(1000, 3, 1)), st.sampled_from(Precision))
def test_a_date_in_a_file_comes_back_as_it_was_known(day: date, precision: Precision) -> None:
    written = written_date(day, precision)
    back = read_date(written)
    assert back.precision == precision
    assert written_date(*back) == written
    if precision == Precision.DAY:
        assert back.day == day
    if precision == Precision.SEASON:
        assert season_of(back.day) == season_of(day)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2016", "2016"),
        (" 2016-3 ", "2016-03"),
        ("2016-03-09 00:00:00", "2016-03-09"),
        ("9/3/2016", "2016-03-09"),
        ("09.03.2016", "2016-03-09"),
        ("9 March 2016", "2016-03-09"),
        ("march 2016", "2016-03"),
        ("Mar-16", "2016-03"),
        ("Sep-99", "1999-09"),
        ("Spring 2018", "2018-spring"),
        ("Winter 2018 to 2019", "2018-winter"),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(text: str, written: str) -> None:
    assert written_date(*read_date(text)) == written


@given(st.text(max_size=30))
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    try:
        known = read_date(text)
    except ValueError as error:
        said = str(error)
    else:
        said = f"{known.day} is not a date. Write 2016"
    assert "is not a date. Write 2016" in said


@pytest.mark.parametrize("text", ["", "2016-13", "2016-02-30", "31/2/2016", "0999", "13/13/2016", "2016-autum"])
def test_there_is_no_such_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_date(text)


def test_the_server_finds_the_words_while_the_date_is_typed(editor: Client) -> None:
    asked = QueryDict(mutable=True)
    asked.update({"precision": "season", "starts_on_month": "4", "starts_on_year": "2018"})
    answer = editor.get(f"{reverse('history_moments:dates')}?{asked.urlencode()}")
    assert answer.content.decode() == "Spring 2018"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_hostile_words_are_only_text(editor: Client) -> None:
    asked = {"precision": "year", "starts_on_year": "2018", "when_words": "<script>alert(1)</script>"}
    answer = editor.get(reverse("history_moments:dates"), asked)
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "<script>alert(1)</script>"
