"""What reads, writes and cites files knows nothing of the database nor of the settings."""

import ast
from pathlib import Path

import research_db

ALLOWED = {"django.utils.translation"}


def test_formats_and_citing_know_words_of_django_only() -> None:
    folder = Path(research_db.__file__).parent
    files = [file for name in ("formats", "citing") for file in (folder / name).rglob("*.py")]
    used = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom)
            else []
        )
    }  # fmt: skip
    assert len(files) > 5
    assert {name for name in used if name.split(".")[0] == "django"} <= ALLOWED
