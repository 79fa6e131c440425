"""A row as an editor sees it: what is wrong, why it looks like another, and the two side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from research_db.domain.exporting import record_of
from research_db.domain.matching import said
from research_db.domain.packing import unpacked
from research_db.formats.record import Record
from research_db.models import ImportRow

LONGEST = 300


@dataclass(frozen=True)
class Fact:
    """One fact of the row, the same of the record that is here, and whether they say the same."""

    label: str
    new: str
    old: str

    @property
    def is_same(self) -> bool:
        """Whether both say it."""
        return self.new.casefold() == self.old.casefold()


@dataclass(frozen=True)
class Shown:
    """A row with what a page says about it."""

    row: ImportRow
    line: str
    reasons: tuple[str, ...]
    facts: tuple[Fact, ...]


def shown(row: ImportRow) -> Shown:
    """What the page shows of a row; needs `match` with its source, contributions and identifiers fetched."""
    record = unpacked(row.record) if row.record else None
    there = record_of(row.match) if row.match else None
    return Shown(
        row,
        line=_line(record) if record else "",
        reasons=tuple(_reason(row, reason) for reason in row.reasons),
        facts=tuple(facts_of(record, there)) if record and there else (),
    )


def _reason(row: ImportRow, reason: str) -> str:
    if not reason.startswith("row:"):
        return said(reason)
    is_again = row.verdict == ImportRow.Verdict.TWIN
    words = _("It is row %(number)s of this file again") if is_again else _("It looks like row %(number)s of this file")
    return words % {"number": reason.removeprefix("row:")}


def _line(record: Record) -> str:
    names = _names(record)
    return ". ".join(filter(None, [names, record.container, _date(record)]))


def facts_of(new: Record, old: Record) -> list[Fact]:
    """What two records say of the same things, where either says something."""
    pairs = [
        (_("Title"), new.title, old.title),
        (_("By"), _names(new), _names(old)),
        (_("In"), new.container, old.container),
        (_("Date"), _date(new), _date(old)),
        (_("Numbers"), _numbers(new), _numbers(old)),
        (_("Abstract"), new.abstract[:LONGEST], old.abstract[:LONGEST]),
    ]
    return [Fact(label, one, other) for label, one, other in pairs if one or other]


def _names(record: Record) -> str:
    names = [one.name.literal or one.name.family for one in record.contributors]
    if len(names) > 3:  # noqa: PLR2004  as every citation style shortens a list
        return _("%(first)s and others") % {"first": names[0]}
    return ", ".join(filter(None, names))


def _date(record: Record) -> str:
    return str(record.date.year) if record.date and record.date.year else ""


def _numbers(record: Record) -> str:
    return ", ".join(sorted(f"{one.scheme} {one.value}" for one in record.identifiers if one.scheme != "issn"))
