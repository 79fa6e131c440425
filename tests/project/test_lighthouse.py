"""Looking at pages with Lighthouse: what counts as met, and that one page without an answer stops nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import lighthouse
from bench.lighthouse import CATEGORIES, SITE, BrokenOffError, Row

GOOD = Row("/", scores=(95, 100, 100, 100), weight=99_999, shift=0.019)


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        (GOOD, True),
        (Row("/", scores=(94, 100, 100, 100)), False),
        (Row("/", scores=(100, 100, 100, 94)), False),
        (Row("/", scores=(95, 100, 100, 100), weight=100_000), False),
        (Row("/", scores=(95, 100, 100, 100), shift=0.02), False),
        (Row("/", scores=(95, 100, 100, 100), elsewhere=("https://fonts.example/a.woff2",)), False),
        (Row("/", broken="NO_FCP"), False),
    ],
)
def test_what_is_met(row: Row, is_met: bool) -> None:
    assert row.is_met is is_met
    assert ("met" in str(row).split()) is is_met


def account(**changes: Any) -> dict[str, Any]:
    """What Lighthouse says of a page with one slow audit, one stylesheet, one script and one picture from elsewhere."""
    requests = [
        {"url": f"{SITE}/", "resourceType": "Document", "transferSize": 9_000},
        {"url": f"{SITE}/a.css", "resourceType": "Stylesheet", "transferSize": 4_000},
        {"url": f"{SITE}/a.js", "resourceType": "Script", "transferSize": 2_000},
        {"url": "data:image/png;base64,AA", "resourceType": "Image", "transferSize": 0},
        {"url": "https://else.example/a.png", "resourceType": "Image", "transferSize": 10},
    ]
    categories = {name: {"score": 0.994, "auditRefs": [{"id": "slow", "weight": 1}]} for name in CATEGORIES}
    audits = {
        "network-requests": {"details": {"items": requests}},
        "cumulative-layout-shift": {"numericValue": 0.01},
        "slow": {"score": 0.5, "scoreDisplayMode": "numeric"},
    }
    return {"categories": categories, "audits": audits, **changes}


def test_what_is_read_of_an_account() -> None:
    found = lighthouse.row("/", account())
    assert found == Row(
        "/",
        scores=(99, 99, 99, 99),
        weight=6_000,
        shift=0.01,
        elsewhere=("https://else.example/a.png",),
        complaints=("slow",),
    )


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, "ended with 1 and wrote nothing"),
        ("{", "ended with 1 and wrote nothing"),
        (json.dumps(account(runtimeError={"code": "NO_FCP"})), "NO_FCP"),
        (json.dumps(account(categories={"performance": {"score": None}})), "a category has no score"),
    ],
)
def test_an_account_that_was_not_ended_is_none(tmp_path: Path, written: str | None, why: str) -> None:
    file = tmp_path / "page.json"
    if written is not None:
        file.write_text(written)
    with pytest.raises(BrokenOffError, match=why):
        lighthouse.told(file, code=1)


@pytest.fixture
def npx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """In the place of npx a script of these lines."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    def put(lines: str) -> None:
        (tmp_path / "npx").write_text(f"#!/bin/sh\n{lines}\n")
        (tmp_path / "npx").chmod(0o755)

    return put


def test_whoever_never_answers_is_ended_with_all_it_started(
    npx: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lighthouse, "SECONDS", 1)
    os.mkfifo(tmp_path / "never")
    npx(f"echo $$ > {tmp_path}/pid; cat {tmp_path}/never")
    with pytest.raises(BrokenOffError, match="nothing within 1 seconds"):
        lighthouse.audit("/", tmp_path / "page.json")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_what_was_said_of_the_page_before_is_not_said_again(npx: Callable[[str], None], tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text(json.dumps(account()))
    npx("exit 3")
    with pytest.raises(BrokenOffError, match="ended with 3"):
        lighthouse.audit("/", tmp_path / "page.json")


@pytest.mark.parametrize(
    ("answers", "shown", "asked"),
    [
        ([GOOD], GOOD, 1),
        ([Row("/", broken="NO_FCP"), GOOD], GOOD, 2),
        ([Row("/", scores=(80, 100, 100, 100)), Row("/", broken="gone")], Row("/", scores=(80, 100, 100, 100)), 2),
        ([Row("/", broken="NO_FCP")] * 2, Row("/", broken="NO_FCP"), 2),
    ],
)
def test_a_page_that_misses_is_asked_once_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answers: list[Row], shown: Row, asked: int
) -> None:
    given = iter(answers)
    monkeypatch.setattr(lighthouse, "_once", lambda path, folder: next(given))
    assert lighthouse.looked_at("/", tmp_path) == shown
    assert len(list(given)) == len(answers) - asked
