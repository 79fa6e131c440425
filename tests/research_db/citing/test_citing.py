"""Citations come out as the reference processor makes them, and are safe to show whatever a record holds."""

import json
import re
import threading
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.citing import Style, cite
from research_db.citing.items import ROLES, TEXTS, TYPES
from research_db.formats.kinds import KINDS
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

HERE = Path(__file__).parent
ITEMS = json.loads((HERE / "items.json").read_text())
ORACLE = json.loads((HERE / "oracle.json").read_text())


def record_of(item: dict[str, Any]) -> Record:
    """The record from which such an item is made."""
    texts = {field: item[name] for name, field in {**TEXTS, "page": "pages"}.items() if name in item}
    return Record(
        kind=next(kind for kind in KINDS if TYPES[kind] == item["type"]),
        title=item["title"],
        contributors=tuple(Contributor(Name(**one), role) for role in ROLES for one in item.get(role, ())),
        date=PartialDate(*item["issued"]["date-parts"][0]) if "issued" in item else None,
        identifiers=(Identifier("doi", item["DOI"]),) if "DOI" in item else (),
        urls=(item["URL"],) if "URL" in item else (),
        **texts,
    )


def text_of(style: Style = Style.APA, **facts: Any) -> str:
    return cite([Record(**facts)], style)[0].text


@pytest.mark.parametrize("style", Style)
def test_as_the_reference_processor(style: Style) -> None:
    assert [one.text for one in cite(map(record_of, ITEMS), style)] == ORACLE[style]


def test_the_oracle_speaks_of_every_style_and_of_enough() -> None:
    assert set(ORACLE) == set(Style)
    assert {len(said) for said in ORACLE.values()} == {len(ITEMS)}
    assert len(ITEMS) > 40


def test_every_kind_has_a_type() -> None:
    assert set(TYPES) == set(KINDS)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The \"link worker\" role: 'what works'", "The “link worker” role: “what works”"),
        ("‘She said “walk” to me’", "“She said ‘walk’ to me”"),
        ("Rock 'n' roll in the '90s", "Rock “n” roll in the ’90s"),
        ("Patients' views", "Patients’ views"),
        ("A title that PubMed ends with a stop.", "A title that PubMed ends with a stop"),
        ("An <i>italic</i> <script>alert(1)</script>", "An <i>italic</i> <script>alert(1)</script>"),
        ("Signs \ue000of\ue004 others", "Signs of others"),
    ],
)
def test_titles(title: str, shown: str) -> None:
    assert text_of(title=title, kind="journal-article") == f"{shown}. (n.d.)."


def test_quotations_turn_inside_a_style_s_own() -> None:
    said = text_of(Style.HARVARD, title="The 'link worker' role", kind="conference-paper", date=PartialDate(2020))
    assert said == "‘The “link worker” role’ (2020)."


def test_no_stop_after_a_question() -> None:
    name = Contributor(Name("Lee", "Ann"))
    assert text_of(title="Why?", kind="book", contributors=(name,)) == "Lee, A. (n.d.). Why?"


def test_the_number_of_pages_is_no_place_in_a_book() -> None:
    assert "96" not in text_of(title="A", kind="report", pages="96 pages")


def test_shortened_pages_are_written_out() -> None:
    assert text_of(title="A", kind="review", container="B", volume="1", pages="107-9").endswith("B, 1, 107–109.")


def test_names_without_capitals_and_in_other_scripts() -> None:
    people = (Name("hooks", "bell"), Name("山田", "太郎"), Name(literal="NHS England"))
    said = text_of(title="A", contributors=tuple(map(Contributor, people)))
    assert said.startswith("hooks, bell, 山田太郎, & NHS England.")


def test_html_is_escaped_and_italic() -> None:
    found = cite([Record(kind="book", title="Love & <b>life</b>", publisher="A&B")], Style.APA)[0]
    assert found.html == "<i>Love &amp; &lt;b&gt;life&lt;/b&gt;</i>. (n.d.). A&amp;B."


NASTY = st.text(st.sampled_from("aB é’'\"“”‘<>&;{}\\/.,:?!()=\n\u202eא山\U0001f600\ue000\ue004\x00-1")).map(str.strip)
NAMES = st.builds(Name, family=NASTY, given=NASTY, suffix=NASTY) | st.builds(Name, literal=NASTY)
RECORDS = st.builds(
    Record,
    kind=st.sampled_from(KINDS),
    title=NASTY,
    contributors=st.lists(st.builds(Contributor, NAMES, st.sampled_from(ROLES)), max_size=4).map(tuple),
    date=st.none() | st.builds(PartialDate, st.integers(1000, 2200), st.none() | st.integers(1, 12)),
    identifiers=st.lists(st.builds(Identifier, st.just("doi"), NASTY), max_size=1).map(tuple),
    urls=st.lists(NASTY, max_size=1).map(tuple),
    **dict.fromkeys([*TEXTS.values(), "pages"], NASTY),
)


@settings(max_examples=60, deadline=None)
@given(record=RECORDS, style=st.sampled_from(Style))
def test_any_record_is_cited_safely(record: Record, style: Style) -> None:
    found = cite([record], style)[0]
    body = html5lib.parse(f"<!doctype html><title>t</title><p>{found.html}", namespaceHTMLElements=False).find("body")
    assert {element.tag for element in body.iter()} <= {"body", "p", "i"}
    assert not re.search("[\ue000-\uf8ff]", found.text + found.html)


def test_citing_in_threads() -> None:
    said: list[list[str]] = []
    records = [record_of(item) for item in ITEMS[:12]]

    def work() -> None:
        said.append([one.text for one in cite(records, Style.AMA)])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [ORACLE["american-medical-association"][:12]] * 3


def test_every_style_has_a_label_and_a_licence() -> None:
    told = (Path(cite.__code__.co_filename).parent / "styles" / "README.md").read_text()
    assert len({style.label for style in Style}) == len(Style)
    assert all(f"`{style}.csl`" in told for style in Style)
