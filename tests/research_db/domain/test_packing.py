"""What is kept with the row of an import is the record, whole, as JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.domain.packing import packed, unpacked
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

WORD = st.text(max_size=8)
WORDS = st.lists(WORD, max_size=3).map(tuple)
DATES = st.none() | st.builds(PartialDate, st.integers(1000, 2200), st.none() | st.integers(1, 12))
RECORDS = st.builds(
    Record,
    title=WORD,
    contributors=st.lists(st.builds(Contributor, st.builds(Name, WORD, WORD), WORD), max_size=2).map(tuple),
    date=DATES,
    online_date=DATES,
    keywords=WORDS,
    identifiers=st.lists(st.builds(Identifier, WORD, WORD, WORD), max_size=2).map(tuple),
    urls=WORDS,
    notes=WORDS,
    extra=st.dictionaries(WORD, WORDS, max_size=2),
)


@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_a_record_comes_out_as_it_went_in(record: Record) -> None:
    assert unpacked(json.loads(json.dumps(packed(record)))) == record


@pytest.mark.parametrize("record", [Record(), Record(extra={}), Record(kind="other", title="")])
def test_what_is_empty_takes_no_room(record: Record) -> None:
    assert packed(record) == {"kind": "other"}
    assert unpacked({"kind": "other"}) == Record()


def test_a_tag_without_values_is_a_tag() -> None:
    assert packed(Record(extra={"C1": ()}))["extra"] == {"C1": ()}


@pytest.mark.parametrize(
    "told",
    [
        {"date": {"year": 99}},
        {"date": {"year": 2021, "month": 2, "day": 30}},
        {"online_date": {"year": 2021, "month": None, "day": 3}},
    ],
)
def test_a_day_that_never_was_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is no"):
        unpacked(told)


def test_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        unpacked({"colour": "green"})
