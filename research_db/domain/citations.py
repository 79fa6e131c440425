"""The box on a record's page that says how to cite it, one style at a time."""

import logging
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from research_db.citing import Citation, Style, cite
from research_db.domain.exporting import record_from
from research_db.domain.reading import Reading, reading_of
from research_db.models import Publication

logger = logging.getLogger(__name__)
# What addresses call the styles; the first is shown where none is asked for.
STYLES = {style.name.lower(): style for style in Style}
USUAL = next(iter(STYLES))


@dataclass(frozen=True)
class Choice:
    """A style by its short name, and where the page shows it."""

    label: str
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Citing:
    """The style that is shown, those there are, and the citation; None where it could not be made."""

    style: str
    choices: tuple[Choice, ...]
    citation: Citation | None

    @property
    def html(self) -> SafeString:
        """The citation with its italics."""
        return mark_safe(self.citation.html if self.citation else "")  # noqa: S308  # `cite` escapes all else


def style_of(wanted: str) -> str:
    """A style that there is, as addresses call it: the one that is wanted, or the usual one."""
    return wanted if wanted in STYLES else USUAL


def citing_of(record: Publication, wanted: str) -> Citing:
    """How to cite a record.

    Args:
        record: the publication.
        wanted: the style as addresses call it; anything else is the usual one.
    """
    chosen = style_of(wanted)
    page = record.get_absolute_url()
    choices = tuple(
        Choice(style.label.partition(",")[0], f"{page}{'' if name == USUAL else f'?cite={name}'}#cite", name == chosen)
        for name, style in STYLES.items()
    )
    return Citing(STYLES[chosen].label, choices, _cited(reading_of(record), STYLES[chosen]))


def _cited(facts: Reading, style: Style) -> Citation | None:
    """The citation; whatever the processor stumbles over in a record is noted, and the page is shown without it."""
    told = record_from(facts.record, facts.record.source, facts.contributions, facts.identifiers)
    try:
        (citation,) = cite([told], style)
    except Exception:
        logger.exception("The record %s could not be cited as %s", facts.record.code, style)
        return None
    return citation if citation.text else None
