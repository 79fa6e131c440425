"""Papers to take away, for the demonstration."""

from datetime import UTC, datetime
from pathlib import Path

from django.core.files.base import ContentFile

from network_site.base.models import NetworkDocument
from network_site.pdf import engine

TEMPLATE = Path(__file__).parent / "pdf/paper.typ"
SET_AT = datetime(2026, 11, 1, tzinfo=UTC)


def make_paper(name: str, *, title: str, lines: list[str]) -> NetworkDocument:
    """A PDF of one page, kept as `name`.pdf."""
    paper = engine.render(TEMPLATE, data={"title": title, "lines": lines}, at=SET_AT)
    return NetworkDocument.objects.create(title=title, file=ContentFile(paper, name=f"{name}.pdf"))
