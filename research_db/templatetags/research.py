"""The list, for the page of the tree that shows it."""

from collections.abc import Callable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from network_site.base.remembered import remembered
from research_db import drawing, rows
from research_db.domain import files
from research_db.finding.listing import Listing, answered, listing
from research_db.finding.statistics import Bar, Table

register = template.Library()


@register.simple_tag(takes_context=True)
def research_listing(context: Context) -> Listing | None:
    """The list that this request asks for, asked once; None while the first index is being made."""
    request = context["request"]
    if not hasattr(request, "research_listing"):
        known = getattr(request, "research_asked", None)
        request.research_listing = answered(*known) if known else listing(request.GET)
    found: Listing | None = request.research_listing
    return found


register.simple_tag(files.of_search, name="files_of_search")

register.simple_tag(files.of_selection, name="files_of_selection")

register.simple_tag(rows.orders, name="order_links")


@register.simple_tag
def column_chart(table: Table) -> SafeString:
    """The bars of a table side by side."""
    return drawing.columns([bar.share for bar in table.bars])


@register.simple_tag
def one_bar(bar: Bar) -> SafeString:
    """The bar of one number."""
    return drawing.bar(bar.share)


@register.simple_tag
def facets_beside(found: Listing) -> SafeString:
    """What narrows the results."""
    return _once("facets", found, lambda: rows.narrowing(found))


@register.simple_tag
def result_rows(found: Listing) -> SafeString:
    """The publications of this page of the list."""
    return _once("rows", found, lambda: rows.publications(found.results))


def _once(name: str, found: Listing, draw: Callable[[], SafeString]) -> SafeString:
    """A part of the whole list, drawn once until a publication changes; what strangers ask for is drawn each time."""
    return draw() if found.criteria.is_asked else remembered(f"research.{name}", shown=found.now.as_of, make=draw)
