"""Whatever a moment says, its line in a file says the same when it is read again."""

import contextlib
import csv
import io
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tablib import Dataset

from network_site.base.dates import Precision
from network_site.base.safe_csv import lines
from network_site.history.cells import COLUMNS, rows
from network_site.history.editing.reading import UnreadableFile, read
from network_site.history.editing.rehearsal import State, rehearse
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.people.models import Person, User

# What a form lets through: any text, without signs a database cannot hold.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
WORDS = st.text(st.sampled_from("aZé=+-@'\"%|;, \t\n—ŵ1＝"), max_size=40)
DAYS = st.dates(min_value=date(1000, 3, 1), max_value=date(9990, 1, 1))
LINKS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(["", "The report", "One  two", "'=x", "a https://b.example/"]),
            "page": st.none(),
            "url": st.sampled_from(["https://example.org/r", "/about/", "mailto:a@example.org", ""]),
        }
    ),
    max_size=3,
)
FACTS = st.fixed_dictionaries(
    {
        "title": (TEXT | WORDS).filter(str.strip),
        "summary": (TEXT | WORDS).filter(str.strip),
        "starts_on": DAYS,
        "precision": st.sampled_from(Precision),
        "is_circa": st.booleans(),
        "when_words": WORDS,
        "is_milestone": st.booleans(),
        "is_sold_out": st.booleans(),
        "is_around_us": st.booleans(),
        "delegates": st.none() | st.integers(0, 9_999_999),
        "delegates_words": WORDS,
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FACTS, st.none() | st.integers(0, 3000), LINKS, st.integers(0, 3))
def test_a_file_that_was_only_saved_changes_nothing(
    edith: User, era: Era, facts: dict[str, Any], days: int | None, links: list[dict[str, Any]], themes: int
) -> None:
    TimelineEvent.objects.all().delete()
    called = [Theme.objects.get_or_create(slug=f"t{n}", defaults={"name": f"Theme, {n}"})[0] for n in range(themes)]
    person, _made = Person.objects.get_or_create(name="Dr O’Hara, née “Q”")
    ends_on = None if days is None else facts["starts_on"] + timedelta(days=days)
    event = TimelineEvent(slug="this", era=era, ends_on=ends_on, **facts)
    event.links = [("link", link) for link in links]
    event.themes, event.people = called, [person]
    event.save()
    report = rehearse(read("".join(lines(COLUMNS, rows(TimelineEvent.objects.all()))).encode()), by=edith)
    assert [(line.state, line.changes, line.mistakes) for line in report.lines] == [(State.UNCHANGED, (), ())]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*COLUMNS]), TEXT | WORDS), min_size=1, max_size=6))
def test_no_row_breaks_the_rehearsal(edith: User, era: Era, cells: list[tuple[str, str]]) -> None:
    row = {"slug": "this", "title": "This", "date": "2016", "era": "founding", "summary": "x", **dict(cells)}
    buffer = io.StringIO()
    csv.writer(buffer).writerows([list(row), list(row.values())])
    report = rehearse(read(buffer.getvalue().encode()), by=edith)
    assert {line.state for line in report.lines} <= {State.NEW, State.WRONG}
    assert all(wrong.words for line in report.lines for wrong in line.mistakes)
    assert not TimelineEvent.objects.exists()


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        sheet = read(content)
        assert len(Dataset(*sheet.rows, headers=sheet.headers)) == len(sheet.numbers)
