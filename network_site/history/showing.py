"""The parts of the history page, drawn once until an editor changes something."""

from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from network_site.base.remembered import remembered
from network_site.history.data import item
from network_site.history.faces import Timeline, timeline
from network_site.history.filters import Filters
from network_site.sharing.structured import Node

# The parts that change with the question; the script on the page replaces the same ones.
PARTS = ("opening", "jump", "form", "tools", "results", "ending")


@dataclass(frozen=True)
class Shown:
    """The page's answer to a question, ready to be put in its place; `items` is the whole history for machines."""

    filters: Filters
    status: str
    opening: SafeString
    jump: SafeString
    form: SafeString
    tools: SafeString
    results: SafeString
    ending: SafeString
    items: list[Node]

    @property
    def data_query(self) -> str:
        """The same question for the history as data, which has one form only."""
        return self.filters.but(is_table=False).query


def shown(filters: Filters, *, address: str) -> Shown:
    """Draw the parts. What was asked in a visitor's own words is not kept: there is no end of those.

    Args:
        address: of the page, such as "/history/".
    """
    if filters.words:
        return _draw(filters, address)
    facts = {**asdict(filters), "address": address}
    return remembered("history.parts", shown=facts, make=lambda: _draw(filters, address))


def _draw(filters: Filters, address: str) -> Shown:
    answer = timeline(filters)
    context = _context(answer, address)
    parts = {name: render_to_string(f"history/parts/{name}.html", context) for name in PARTS}
    items = [item(moment) for moment in answer.everything]
    return Shown(filters=filters, status=answer.status, items=items, **parts)


def _context(answer: Timeline, address: str) -> dict[str, Any]:
    filters = answer.filters
    is_threaded = not filters.is_table
    return {
        "address": address,
        "filters": filters,
        "status": answer.status,
        "everything": answer.everything,
        "chapters": answer.chapters,
        "jumps": answer.jumps,
        "themes": answer.themes,
        "eras": answer.eras,
        "who": answer.who,
        "milestones": answer.milestones,
        "opening": answer.opening if is_threaded else None,
        "ending": answer.ending if is_threaded and answer.told else None,
        "oldest": filters.but(is_newest=False).query,
        "newest": filters.but(is_newest=True).query,
        "on_thread": filters.but(is_table=False).query,
        "as_table": filters.but(is_table=True).query,
        "widest": filters.widest.query,
    }
