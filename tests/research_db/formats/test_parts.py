"""Parts that every format has: names, dates, numbers, addresses, pages and lists."""

import pytest

from research_db.formats.reading import parts
from research_db.formats.reading.found import ERROR, WARNING, Notes, Problem
from research_db.formats.record import Contributor, Identifier, Name


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        ([], "None", []),
        ([""], "None", []),
        (["//", " - "], "None", []),
        (["2020"], "2020", []),
        (["2020", "2020/05"], "2020-05", []),
        (["2020/05/01", "2020"], "2020-05-01", []),
        (["2020", "2021/05/01"], "2020", []),
        (["2020/05", "2020/06"], "2020-05", []),
        (["2020/05", "2020/06/07"], "2020-06-07", []),
        (["soon", "2020"], "2020", []),
        (["soon", "//", "later"], "None", ["soon", "later"]),
        (["0000"], "None", ["0000"]),
        (["3020"], "None", ["3020"]),
        (["x" * 100], "None", ["x" * 60 + "”"]),
    ],
)
def test_dates(said: list[str], expected: str, told: list[str]) -> None:
    notes = Notes(7)
    assert str(parts.date(iter(said), notes, "PY")) == expected
    assert [(one.line, one.field, one.severity) for one in notes.problems] == [(7, "PY", WARNING)] * len(told)
    for problem, words in zip(notes.problems, told, strict=True):
        assert f"“{words}" in problem.sentence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2020/05/01/", "2020-05-01"),
        ("2018/03/27/10:22:11", "2018-03-27"),
        ("2018-03-27T10:22:11Z", "2018-03-27"),
        ("2018-03-27 10:22:11", "2018-03-27"),
        ("2018//", "2018"),
        ("2018///Spring", "2018"),
        ("20180327", "2018-03-27"),
        ("20181327", "2018"),
        ("2018 Apr 3", "2018-04-03"),
        ("2018 April", "2018-04"),
        ("3 April 2018", "2018-04-03"),
        ("3rd Apr. 2018", "2018-04-03"),
        ("April 3, 2018", "2018-04-03"),
        ("APR 3 2018", "2018-04-03"),
        ("Nov 2020", "2020-11"),
        ("May-Jun 2020", "2020"),
        ("2020 May-Jun", "2020"),
        ("1998 Dec-1999 Jan", "1998"),
        ("Winter 2020", "2020"),
        ("2020, in press", "2020"),
        ("c2015", "2015"),
        ("2019-02-30", "2019-02"),
        ("2019-00-00", "2019"),
    ],
)
def test_dates_as_databases_write_them(said: str, expected: str) -> None:
    assert str(parts.date([said], Notes(1))) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Okafor, Ngozi A.", Name("Okafor", "Ngozi A.")),
        ("Okafor NA", Name("Okafor", "NA")),
        ("Ngozi Okafor", Name("Okafor", "Ngozi")),
        ("van der Berg, Jan", Name("van der Berg", "Jan")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Smith, John, Jr", Name("Smith", "John", "Jr")),
        ("Smith, Jr, John", Name("Smith", "John", "Jr")),
        ("NHS England", Name(literal="NHS England")),
        ("Bevan, Aneurin and Partners,", Name(literal="Bevan, Aneurin and Partners")),
        ("Plato", Name(literal="Plato")),
        ("  Okafor ,  Ngozi ; ", Name("Okafor", "Ngozi")),
    ],
)
def test_a_name(said: str, expected: Name) -> None:
    assert parts.contributors([said], "editor", Notes(1)) == (Contributor(expected, "editor"),)


def test_names_keep_their_order_and_nothing_is_nobody() -> None:
    found = parts.contributors(["B, B", "", " , ", "A, A", "B, B"], "author", Notes(1))
    assert [one.name.family for one in found] == ["B", "A", "B"]


@pytest.mark.parametrize(("over", "told"), [(0, 0), (1, 1)])
def test_too_many_names_are_told(over: int, told: int) -> None:
    notes = Notes(3)
    found = parts.contributors(["Okafor, N"] * (parts.MOST_NAMES + over), "author", notes, "AU")
    assert len(found) == parts.MOST_NAMES
    assert [(one.line, one.field, one.severity) for one in notes.problems] == [(3, "AU", WARNING)] * told


def test_groups_are_named_in_one_piece() -> None:
    assert parts.groups(["Study Investigators", "  ", "Evans, Price and  Others"]) == (
        Contributor(Name(literal="Study Investigators")),
        Contributor(Name(literal="Evans, Price and Others")),
    )


def test_a_number_stands_once_as_it_was_said_first() -> None:
    first, again = Identifier("doi", "10.1000/a", "10.1000/A"), Identifier("doi", "10.1000/a", "doi:10.1000/a")
    other = Identifier("handle", "10.1000/a", "hdl:10.1000/a")
    assert parts.numbers([None, first, other, again, None]) == (first, other)


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        (["10.1000/a"], ["10.1000/a"], []),
        (["https://doi.org/10.1000/A."], ["10.1000/a"], []),
        (["doi:10.1000%2Fa"], ["10.1000/a"], []),
        (["(10.1000/a)"], ["10.1000/a"], []),
        (["10.1016/S0140-6736(17)30000-1"], ["10.1016/s0140-6736(17)30000-1"], []),
        (["none", "10.1000/a", "10.1/b"], ["10.1000/a"], ["none", "10.1/b"]),
        (["y" * 100], [], ["y" * 80 + "”"]),
    ],
)
def test_dois_of_their_field(said: list[str], expected: list[str], told: list[str]) -> None:
    notes = Notes(2)
    assert [one.value for one in parts.named_dois(said, notes, "DO")] == expected
    assert [(one.line, one.field, one.severity) for one in notes.problems] == [(2, "DO", WARNING)] * len(told)
    for problem, words in zip(notes.problems, told, strict=True):
        assert f"“{words}" in problem.sentence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], ()),
        (["no address", "www.example.org", "ftp://example.org"], ()),
        (["https://example.org/a"], ("https://example.org/a",)),
        (["HTTPS://Example.org/A"], ("HTTPS://Example.org/A",)),
        (["See https://example.org/a, and http://b.example."], ("https://example.org/a", "http://b.example")),
        (["<https://example.org/a>"], ("https://example.org/a",)),
        (["https://b.example", "https://a.example", "https://b.example"], ("https://b.example", "https://a.example")),
        (["https://example.org/a?b=1&c=(2)"], ("https://example.org/a?b=1&c=(2)",)),
    ],
)
def test_addresses(said: list[str], expected: tuple[str, ...]) -> None:
    assert parts.addresses(said) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", ""),
        ("12", "", "12"),
        ("", "19", "19"),
        ("12", "19", "12-19"),
        ("12", "12", "12"),
        ("12-19", "19", "12-19"),
        (" e12 ", " ", "e12"),
        ("S1", "S9", "S1-S9"),
        ("xii", "xv", "xii-xv"),
    ],
)
def test_pages(first: str, last: str, expected: str) -> None:
    assert parts.pages(first, last) == expected


@pytest.mark.parametrize(
    ("said", "at", "expected"),
    [
        (["a; b;c"], ";", ("a", "b", "c")),
        (["a;;", " ; "], ";", ("a",)),
        (["b; a", "a; c"], ";", ("b", "a", "c")),
        (["a, b"], ",", ("a", "b")),
        (["a; b", "c"], "\n", ("a; b", "c")),
        (["A", "a"], "\n", ("A", "a")),
        (["older   people"], ";", ("older people",)),
    ],
)
def test_keywords(said: list[str], at: str, expected: tuple[str, ...]) -> None:
    assert parts.keywords(said, at=at) == expected


def test_problems_stand_where_they_are_said_to() -> None:
    notes = Notes(4)
    notes.error("Wrong.")
    notes.warn("Odd.", "AU", 9)
    assert notes.problems == [Problem(4, "", ERROR, "Wrong."), Problem(9, "AU", WARNING, "Odd.")]
