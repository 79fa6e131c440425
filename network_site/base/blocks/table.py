"""Tables that say what they are, and can be read on a phone."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock

from network_site.base.blocks.groups import FACTS

NUMBER = re.compile(r"[-+−]?[£€$]?\d[\d,.\s]*(?:%|k|m)?")
# From so many columns on, a row is set as a small list where there is no room for the table.
FOLDS_FROM = 3


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; `of` is what its column is about."""

    words: str
    of: str
    is_header: bool
    is_number: bool


def written(value: Any) -> list[list[str]]:
    """The words of a stored table, row by row."""
    return [[str(cell or "").strip() for cell in row] for row in (value or {}).get("data") or []]


def numeric(rows: list[list[str]], column: int) -> bool:
    """Whether every cell that says anything is a number; such a column is set flush right."""
    said = [row[column] for row in rows if column < len(row) and row[column]]
    return bool(said) and all(NUMBER.fullmatch(words) for words in said)


def cells(rows: list[list[str]], heads: list[str], *, first_is_header: bool) -> list[list[Cell]]:
    """The body of a table, each cell with what it needs to be read alone."""
    numbers = [numeric(rows, column) for column in range(max(map(len, rows), default=0))]
    return [
        [
            Cell(words, heads[n] if n < len(heads) else "", n == 0 and first_is_header, numbers[n])
            for n, words in enumerate(row)
        ]
        for row in rows
    ]


class CaptionedTable(TableBlock):
    """A table that says what it is."""

    def clean(self, value: Any) -> Any:
        """A caption is needed: a reader who cannot see the table chooses by it."""
        cleaned = super().clean(value)
        if cleaned and not (cleaned.get("table_caption") or self.is_deferred_validation):
            raise ValidationError(_("Give the table a caption that says what it shows."))
        return cleaned

    def render(self, value: Any, context: Any = None) -> SafeString | str:
        """The table with its headers, or nothing where there are no rows."""
        rows = written(value)
        if not rows:
            return ""
        heads = rows.pop(0) if value.get("first_row_is_table_header") else []
        body = cells(rows, heads, first_is_header=bool(value.get("first_col_is_header")))
        facts = {
            "caption": (value.get("table_caption") or "").strip(),
            "heads": [(words, numeric(rows, column)) for column, words in enumerate(heads)],
            "rows": body,
            "folds": len(heads) >= FOLDS_FROM,
        }
        return render_to_string(self.meta.template, facts)

    class Meta:
        icon = "table"
        label = _("Table")
        group = FACTS
        description = _("Rows and columns with a caption and headers. On a phone each row becomes a small list.")
        template = "base/blocks/table.html"
        preview_value = {
            "data": [
                ["When", "Where", "Delegates"],
                ["January 2016", "London", "94"],
                ["July 2019", "Westminster", "350"],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "Conferences that sold out",
        }
