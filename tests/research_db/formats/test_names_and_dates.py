"""Names in every spelling of the databases, dates as far as they are known, text as it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_db.formats import dates, kinds, names
from research_db.formats.record import Name, PartialDate
from research_db.formats.text import tidy, tidy_lines


def one(literal: str) -> Name:
    return Name(literal=literal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okafor, Ada", Name("Okafor", "Ada")),
        ("Okafor,Ada", Name("Okafor", "Ada")),
        ("  Okafor ,  Ada  ", Name("Okafor", "Ada")),
        ("Okafor, A. B.", Name("Okafor", "A. B.")),
        ("King, Martin Luther, Jr", Name("King", "Martin Luther", "Jr")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        ("van der Berg, Jan", Name("van der Berg", "Jan")),
        ("Ó Briain, Seán", Name("Ó Briain", "Seán")),
        ("Nguyễn, Thị Hoa", Name("Nguyễn", "Thị Hoa")),
        ("O'Neil, Kate", Name("O'Neil", "Kate")),
        ("Smith-Jones, Bo", Name("Smith-Jones", "Bo")),
        ("Ada Okafor", Name("Okafor", "Ada")),
        ("Ada B. Okafor", Name("Okafor", "Ada B.")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Ludwig von Mises", Name("von Mises", "Ludwig")),
        ("Okafor A", Name("Okafor", "A")),
        ("Okafor AB", Name("Okafor", "AB")),
        ("Liu R.", Name("Liu", "R.")),
        ("Adler D.G.", Name("Adler", "D.G.")),
        ("Smith J.-P.", Name("Smith", "J.-P.")),
        ("Quintanilla-Dieck L.", Name("Quintanilla-Dieck", "L.")),
        ("Plato", one("Plato")),
        ("{World Health Organization}", one("World Health Organization")),
        ("{Barnes and Noble, Inc.}", one("Barnes and Noble, Inc.")),
        ("{}", one("{}")),
        ("山田 太郎", Name("山田", "太郎")),
        ("山田太郎", one("山田太郎")),
        ("Plato,", one("Plato")),
        ("World Health Organization", one("World Health Organization")),
        ("NHS England", one("NHS England")),
        ("National Academy for Social Prescribing Network", one("National Academy for Social Prescribing Network")),
        ("The ABC Study Group", one("The ABC Study Group")),
        ("University of Westminster", one("University of Westminster")),
        ("Department of Health, Social Care and Sport,", one("Department of Health, Social Care and Sport")),
        ("a, b, c, d", one("a, b, c, d")),
        (", Ada", one("Ada")),
    ],
)
def test_names(text: str, expected: Name) -> None:
    assert names.parse(text) == expected


@pytest.mark.parametrize("text", ["", "  ", ",", " ; ", ",,"])
def test_nothing_is_nobody(text: str) -> None:
    assert names.parse(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Okafor", "Ada"), "Okafor, Ada"),
        (Name("King", "Martin", "Jr"), "King, Martin, Jr"),
        (Name("Okafor"), "Okafor"),
        (one("NHS England"), "NHS England"),
        (one("Health, Care and Sport"), "Health, Care and Sport,"),
    ],
)
def test_names_as_formats_write_them(name: Name, expected: str) -> None:
    assert names.inverted(name) == expected
    assert names.inverted(names.parse(expected) or Name()) == expected


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_nobody(text: str) -> None:
    found = names.parse(text)
    assert found is None or bool(found.literal) != bool(found.family)


def day(year: int, month: int | None = None, of_month: int | None = None) -> PartialDate:
    return PartialDate(year, month, of_month)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", day(2020)),
        (" 2020 ", day(2020)),
        ("2020/05", day(2020, 5)),
        ("2020/05/", day(2020, 5)),
        ("2020/05/01", day(2020, 5, 1)),
        ("2020/05/01/", day(2020, 5, 1)),
        ("2001/09/01/received", day(2001, 9, 1)),
        ("2014//", day(2014)),
        ("2020-05-01", day(2020, 5, 1)),
        ("2020-5-1", day(2020, 5, 1)),
        ("2020-05-01T12:00:00Z", day(2020, 5, 1)),
        ("2017/07/30 06:00", day(2017, 7, 30)),
        ("20170728", day(2017, 7, 28)),
        ("2020.05.01", day(2020, 5, 1)),
        ("2013 06 10", day(2013, 6, 10)),
        ("2018 Apr", day(2018, 4)),
        ("2018 Apr 3", day(2018, 4, 3)),
        ("Apr 2018", day(2018, 4)),
        ("April 2018", day(2018, 4)),
        ("3 April 2018", day(2018, 4, 3)),
        ("3rd April 2018", day(2018, 4, 3)),
        ("April 3, 2018", day(2018, 4, 3)),
        ("APR 3 2018", day(2018, 4, 3)),
        ("Sept. 2018", day(2018, 9)),
        ("2001/00/00/", day(2001)),
        ("2001/13/01", day(2001)),
        ("2001/02/30", day(2001, 2)),
        ("2021 Spring", day(2021)),
        ("Fall 2021", day(2021)),
        ("May-Jun 2020", day(2020)),
        ("2010 Jan-Feb", day(2010)),
        ("c2015", day(2015)),
        ("published 1998, reprinted", day(1998)),
        ("2019//", day(2019)),
    ],
)
def test_dates(text: str, expected: PartialDate) -> None:
    assert dates.parse(text) == expected


@pytest.mark.parametrize("text", ["", "n.d.", "YEAR/MONTH/DAY/", "///", "99", "10 15", "12345", "0999", "in press"])
def test_what_is_no_date(text: str) -> None:
    assert dates.parse(text) is None


@pytest.mark.parametrize(
    "parts",
    [(999,), (2201,), (2020, 0), (2020, 13), (2020, 2, 30), (2020, 4, 31), (2020, 1, 0), (2020, None, 5)],
)
def test_dates_that_cannot_be(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no "):
        PartialDate(*parts)


def test_the_last_day_of_february_may_be_the_29th() -> None:
    assert str(PartialDate(2020, 2, 29)) == "2020-02-29"


@given(st.integers(1000, 2200), st.one_of(st.none(), st.integers(1, 12)), st.one_of(st.none(), st.integers(1, 28)))
def test_dates_are_read_as_they_are_written(year: int, month: int | None, of_month: int | None) -> None:
    date = PartialDate(year, month, of_month if month else None)
    assert dates.parse(str(date)) == date


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = dates.parse(text)
    assert found is None or 1000 <= found.year <= 2200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a   b ", "a b"),
        ("a\nb\tc", "a b c"),
        ("a\x00b\x07", "ab"),
        ("e\u0301", "é"),
        ("a\u00a0b", "a b"),
        ("\ud800a", "a"),
        ("", ""),
    ],
)
def test_text_on_one_line(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  b\n\n  c ", "a b\nc"),
        ("\n\n", ""),
        ("a\r\nb", "a\nb"),
        ("a\x0bb", "ab"),
        ("one line", "one line"),
    ],
)
def test_text_with_its_lines(text: str, expected: str) -> None:
    assert tidy_lines(text) == expected


@given(st.text(max_size=80))
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


@pytest.mark.parametrize("table", [kinds.RIS, kinds.BIBTEX, kinds.CSL])
def test_every_kind_can_be_written_and_what_is_written_can_be_read(table: dict[str, tuple[str, ...]]) -> None:
    written, read = kinds.writer(table), kinds.reader(table)
    assert set(written) == set(kinds.KINDS)
    for kind, name in written.items():
        assert read[name.lower()] in kinds.KINDS
        if kind in table:
            assert read[name.lower()] == kind


def test_pubmeds_types_are_of_kinds_that_there_are() -> None:
    assert set(kinds.PUBMED) <= set(kinds.KINDS)
