"""The code stays within the budgets of docs/architecture.md: small functions, small files, everything typed."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["network_site", "events", "awards", "newsletter", "research_db"]
BANNED_NAMES = {"utils", "helpers", "services", "managers", "common", "misc", "handler"}
Function = ast.FunctionDef | ast.AsyncFunctionDef

pytestmark = pytest.mark.project


@cache
def sources() -> list[Path]:
    return [
        file
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in file.parts
    ]


def code_lines(file: Path) -> int:
    """Lines that are neither blank nor comments."""
    return sum(1 for line in file.read_text().splitlines() if line.strip() and not line.strip().startswith("#"))


def functions() -> Iterator[tuple[str, Function]]:
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, Function):
                yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node


def length(node: Function) -> int:
    """Lines of a function without its docstring."""
    own = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        own -= (first.end_lineno or first.lineno) - first.lineno + 1
    return own


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[int(len(values) * share)]


def test_functions_are_small() -> None:
    lengths = {name: length(node) for name, node in functions()}
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert median(lengths.values()) <= 7
    assert percentile(list(lengths.values()), 0.95) <= 25


def test_functions_are_simple() -> None:
    complex_ones = {
        f"{file.relative_to(ROOT)} {block.name}": block.complexity
        for file in sources()
        for block in cc_visit(file.read_text())
        if block.letter in {"F", "M"} and block.complexity > 8
    }
    assert complex_ones == {}


def test_files_are_small() -> None:
    sizes = {str(file.relative_to(ROOT)): code_lines(file) for file in sources()}
    assert {name: lines for name, lines in sizes.items() if lines > 400} == {}
    assert percentile(list(sizes.values()), 0.95) <= 250


def test_templates_are_small() -> None:
    sizes = {
        str(file.relative_to(ROOT)): len(file.read_text().splitlines())
        for package in PACKAGES
        for file in (ROOT / package).rglob("templates/**/*.html")
    }
    assert {name: lines for name, lines in sizes.items() if lines > 150} == {}


def test_everything_is_typed() -> None:
    untyped = [
        name
        for name, node in functions()
        if node.returns is None
        or any(
            arg.annotation is None for arg in node.args.args + node.args.kwonlyargs if arg.arg not in {"self", "cls"}
        )
    ]
    assert untyped == []


def test_names_say_what_is_inside() -> None:
    drawers = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.stem in BANNED_NAMES
    ]
    assert drawers == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file.stat().st_size and not ast.get_docstring(ast.parse(file.read_text()))
    ]
    silent = [name for name in silent if not name.endswith("/templatetags/__init__.py")]
    assert silent == []


def test_tests_outweigh_the_code() -> None:
    code = sum(code_lines(file) for file in sources())
    tests = sum(code_lines(file) for file in (ROOT / "tests").rglob("*.py"))
    assert tests / code >= 1.0


def test_public_templates_have_no_inline_style_or_script() -> None:
    """Such attributes would be refused by the content security policy and so be broken."""
    pattern = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(src=|application/(ld\+)?json))", re.IGNORECASE)
    found = [
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("templates/**/*.html")
        if "admin" not in str(file) and not file.name.endswith(".mjml.html") and pattern.search(file.read_text())
    ]
    assert found == []


def test_settings_stay_readable() -> None:
    assert code_lines(ROOT / "network_site/settings/base.py") < 300
