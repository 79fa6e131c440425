"""What the README promises is there, and what must never be in the repository is not."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.project


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_make_command_in_the_documents_exists() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    used = {command for file in documents for command in re.findall(r"\bmake ([a-z-]+)", file.read_text())}
    assert used <= targets() | {"a", "it", "the", "sure", "one", "you"}
    assert {"demo", "test"} <= used


def test_every_management_command_is_documented() -> None:
    own = {file.stem for file in tracked() if file.parent.name == "commands" and file.stem != "__init__"}
    text = "\n".join(file.read_text() for file in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    assert {name for name in own if f"manage.py {name}" not in text} == set()


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = [
        f"{file.name}: {target}"
        for file in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text())
        if not (file.parent / target).exists()
    ]
    assert broken == []


def test_no_secrets_and_no_private_places() -> None:
    """Live keys, addresses of package indexes and paths of one machine have no place here."""
    forbidden = re.compile(
        r"sk_live_[0-9a-zA-Z]{8}|whsec_[0-9a-zA-Z]{24}|/ro"
        r"ot/|/wo"
        r"rk/|py"
        r"pi\.org|python"
        r"hosted|registry\.npm"
        r"|BEGIN (RSA |EC )?PRIVATE KEY"
    )
    found = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file.suffix not in {".png", ".woff2", ".ttf", ".pdf", ".jpg", ".webp"}
        and forbidden.search(file.read_text(errors="replace"))
    ]
    assert found == []


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    silent = [line for line in block.splitlines() if line.strip().startswith('"') and "#" not in line]
    assert silent == []
