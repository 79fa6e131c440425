"""The list, for the page of the tree that shows it."""

from collections.abc import Callable, Iterable

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network_site.base.remembered import remembered
from research_db import drawing
from research_db.domain import files
from research_db.domain.files import File
from research_db.finding.criteria import NOT, Criteria
from research_db.finding.facets import Row
from research_db.finding.listing import Listing, listing
from research_db.finding.statistics import Bar, Table

register = template.Library()


@register.simple_tag(takes_context=True)
def research_listing(context: Context) -> Listing | None:
    """The list that this request asks for, asked once; None while the first index is being made."""
    request = context["request"]
    if not hasattr(request, "research_listing"):
        request.research_listing = listing(request.GET, getattr(request, "research_now", None))
    found: Listing | None = request.research_listing
    return found


@register.simple_tag
def files_of_search(criteria: Criteria) -> list[File]:
    """The files of everything that these criteria find, whatever page of it is shown."""
    return files.of_search(criteria.but(page=1).query)


register.simple_tag(files.of_selection, name="files_of_selection")

# A page has a hundred of them: drawn by the template language they cost more than everything else.
ROW = (
    '<label class="check facets__row" data-depth="{}">'
    '<input type="checkbox" form="ask" name="{}" value="{}" id="f-{}"{}>'
    '<span>{}</span><span class="count">{}{}</span></label>'
)
OTHER = (
    '<a class="facets__other small" href="{}" id="other-{}" data-in-place>{}<span class="sr">: {}</span></a>'
)  # fmt: skip


@register.simple_tag
def facet_rows(rows: Iterable[Row]) -> SafeString:
    """The terms of a facet as boxes to tick; a ticked one with the way to turn it round."""
    publications = f'<span class="sr"> {escape(_("publications"))}</span>'
    boxes = (
        _ticked(row, publications) if row.is_chosen else ROW.format(
            row.depth, *map(escape, row.code), escape(row.name), "", escape(row.label), row.count, publications
        )
        for row in rows
    )  # fmt: skip
    return mark_safe("".join(boxes))  # noqa: S308  # each was escaped


def _ticked(row: Row, publications: str) -> str:
    """A term that is asked for, or one that is left out: nothing that is found has it, so there is no number."""
    (facet, slug), name, label = map(escape, row.code), escape(row.name), escape(row.label)
    if row.is_left_out:
        said, turn = f"<b>{escape(_('not'))}</b> {label}", _("Keep only these instead")
        box = ROW.format(row.depth, NOT + facet, slug, name, " checked", said, "", "")
    else:
        turn = _("Leave these out instead")
        box = ROW.format(row.depth, facet, slug, name, " checked", label, row.count, publications)
    return box + OTHER.format(escape(row.other), name, escape(turn), label)


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
    """The facets."""
    return _once("facets", found, lambda: render_to_string("research_db/list/facets.html", {"listing": found}))


@register.simple_tag
def result_rows(found: Listing) -> SafeString:
    """The publications of this page of the list."""
    template_name = "research_db/list/rows.html"
    return _once("rows", found, lambda: render_to_string(template_name, {"results": found.results}))


def _once(name: str, found: Listing, draw: Callable[[], SafeString]) -> SafeString:
    """A part of the whole list, drawn once until a publication changes; what strangers ask for is drawn each time."""
    return draw() if found.criteria.is_asked else remembered(f"research.{name}", shown=found.now.as_of, make=draw)
