"""What the rules find in a page, in Python; the same cases are run in a browser by test_checks_in_the_browser.py."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.editing.checks import RULES, Facts, report_on
from network_site.editing.checks.report import LONGEST_EXCERPT

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text())


def found(html: str, **facts: Any) -> list[str]:
    return [finding.rule for finding in report_on(html, facts=Facts(**facts)).findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_each_case(case: dict[str, Any]) -> None:
    assert found(f"<body><main>{case['html']}</main></body>") == case["found"]


def test_every_rule_has_a_case_that_finds_it_and_one_that_does_not() -> None:
    told = {rule for case in CASES for rule in case["found"]}
    assert told | {"house-summary"} == {rule.name for rule in RULES}
    assert [case for case in CASES if not case["found"]]


@pytest.mark.parametrize(("has_summary", "expected"), [(True, []), (False, ["house-summary"]), (None, [])])
def test_the_summary_is_a_field_of_the_page(has_summary: bool | None, expected: list[str]) -> None:
    assert found("<main><h1>A</h1></main>", has_summary=has_summary) == expected


def test_a_finding_says_what_and_where_and_what_to_do() -> None:
    (finding,) = report_on("<main><p>See <a href='/x/'>Click here</a></p></main>").findings
    assert finding.excerpt == "Click here"
    assert finding.sentence == "The words of a link do not say where it leads."
    assert finding.advice.endswith(".")


def test_long_excerpts_are_cut() -> None:
    (finding,) = report_on(f"<main><p>{'Word ' * 90}</p></main>").findings
    assert len(finding.excerpt) <= LONGEST_EXCERPT
    assert finding.excerpt.endswith("…")


def test_an_abbreviation_is_told_once() -> None:
    html = "<main><p>The PCN.</p><p>The PCN and the ICB.</p></main>"
    assert [finding.excerpt for finding in report_on(html).findings] == ["PCN", "ICB"]


def test_sentences_and_advice_are_plain() -> None:
    for rule in RULES:
        assert str(rule.sentence).endswith(".")
        assert "!" not in f"{rule.sentence}{rule.advice}"


@given(st.text())
def test_nothing_an_editor_writes_breaks_it(text: str) -> None:
    report_on(text)


TAGS = st.sampled_from(["a", "p", "li", "ul", "table", "td", "h2", "h4", "img", "main", "svg", "br", "div", "script"])
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"), TAGS.map(lambda tag: f"</{tag}>"), st.text(max_size=8), st.just("<a href='x'>")
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_html_breaks_it(html: str) -> None:
    report = report_on(html)
    assert all(finding.rule.startswith("house-") for finding in report.findings)


def test_html_as_deep_as_the_sea_breaks_nothing() -> None:
    assert found("<div>" * 50_000 + "<a>gone</a>") == ["house-dead-link"]


def test_a_declaration_nobody_knows_ends_the_reading_and_not_the_worker() -> None:
    assert found("<main><a>gone</a><![odd[ x ]]></main>") == ["house-dead-link"]
