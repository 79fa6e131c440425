"""Rows of which the list has a hundred, as HTML: drawn by the template language they cost more than all the rest."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network_site.ui.stencils import filled
from research_db.finding.criteria import NOT
from research_db.finding.facets import Face, Row
from research_db.finding.listing import Choice, Listing
from research_db.finding.results import Result
from research_db.finding.vocabulary import Code

BOX = (
    '<label class="check facets__row" data-depth="{depth}"><input type="checkbox" form="ask" name="{facet}" '
    'value="{slug}" id="f-{name}"{checked}><span>{label}</span><span class="count">'
)
COUNTED = '<span class="sr"> {}</span>'
END = "</span></label>"
OTHER = '<a class="facets__other small" href="{}" id="other-{}" data-in-place>{}<span class="sr">: {}</span></a>'
HIDDEN = '<input type="hidden" form="ask" name="{}" value="{}">'
ORDER = '<li><a href="{}" id="order-{}" data-in-place{}>{}</a></li>'
HERE = SafeString(' aria-current="true"')
PUBLICATION = (
    '<li><abbr class="unapi-id" title="{code}"></abbr><p class="tags"><span class="tag tag--research">{tag}</span>'
    '{retracted}<label class="check tick"><input type="checkbox" form="take" name="r" value="{code}">'
    '<span>{tick}<span class="sr">: {name}</span></span></label></p>'
    '<h3><a href="{url}">{title}</a></h3>{by}{text}{free}</li>'
)
RETRACTED = '<span class="tag tag--sold">{}</span>'
TO_READ = (
    '<p class="small"><a class="more" href="{url}" rel="noopener external">{free}'
    '<span class="sr">: {name}</span></a></p>'
)
FREE = '<p class="small muted">{}</p>'


def narrowing(found: Listing) -> SafeString:
    """The facets, the years, and what the form keeps that has no field in it."""
    first, last = ("" if year is None else str(year) for year in found.criteria.years)
    return filled(
        "research_db/list/facets.html",
        boxes=facets(found.faces),
        first=first,
        last=last,
        hidden=format_html_join("", HIDDEN, found.hidden),
    )


def orders(choices: Iterable[Choice]) -> SafeString:
    """The links to the same in each order."""
    told = (
        (one.address, place, HERE if one.is_chosen else "", one.label) for place, one in enumerate(choices, start=1)
    )
    return format_html_join("", ORDER, told)


def facets(faces: Iterable[Face]) -> SafeString:
    """The facets, each with its terms."""
    counted = COUNTED.format(escape(_("publications")))
    return SafeString("".join(_facet(face, counted) for face in faces))  # each is a template's


def _facet(face: Face, counted: str) -> SafeString:
    return filled(
        "research_db/list/face.html",
        key=face.key,
        label=face.label,
        first=_terms(face.first, counted),
        more=_terms(face.more, counted),
        number=len(face.rows),
        has_more=bool(face.more),
        is_open=face.is_open,
        is_long=face.is_long,
        can_switch=face.can_switch,
        is_all=face.is_all,
    )


def _terms(rows: Iterable[Row], counted: str) -> SafeString:
    """The terms of a facet as boxes to tick; a ticked one with the way to turn it round."""
    drawn = "".join(_ticked(row, counted) if row.is_chosen else _plain(row, counted) for row in rows)
    return SafeString(drawn)  # each was escaped


def _plain(row: Row, counted: str) -> str:
    return f"{_box(row.code, row.label, row.depth)}{row.number}{counted}{END}"


@lru_cache(maxsize=4096)
def _box(code: Code, label: str, depth: int) -> str:
    """The box of a term before its number, which is all that a search changes in it."""
    facet, slug = map(escape, code)
    return BOX.format(depth=depth, facet=facet, slug=slug, name=f"{facet}-{slug}", checked="", label=escape(label))


def _ticked(row: Row, counted: str) -> str:
    """A term that is asked for, or one that is left out: nothing that is found has it, so there is no number."""
    (facet, slug), label = map(escape, row.code), escape(row.label)
    turn = _("Keep only these instead") if row.is_left_out else _("Leave these out instead")
    said = {"depth": row.depth, "slug": slug, "name": (name := f"{facet}-{slug}"), "checked": " checked"}
    if row.is_left_out:
        box = BOX.format(facet=NOT + facet, label=f"<b>{escape(_('not'))}</b> {label}", **said)
    else:
        box = BOX.format(facet=facet, label=label, **said) + f"{row.number}{counted}"
    return box + END + OTHER.format(escape(row.other), name, escape(turn), label)


def publications(results: Iterable[Result]) -> SafeString:
    """The publications of a page of the list."""
    free, tick = escape(_("Free to read")), escape(_("Tick to save"))
    retracted = RETRACTED.format(escape(_("Retracted")))
    drawn = (
        PUBLICATION.format(
            code=result.code,
            tag=escape(result.tag),
            retracted=retracted if result.is_retracted else "",
            tick=tick,
            name=(name := escape(result.name)),
            url=escape(result.url),
            title=result.title,
            by=f'<p class="meta">{escape(by)}</p>' if (by := result.by) else "",
            text=f"<p>{result.text}</p>" if result.text else "",
            free=_free(result, free, name),
        )
        for result in results
    )
    return SafeString("".join(drawn))  # each was escaped, or is marked text


def _free(result: Result, free: str, name: str) -> str:
    """How to read it without paying, where one can."""
    if result.free_url:
        return TO_READ.format(url=escape(result.free_url), free=free, name=name)
    return FREE.format(free) if result.is_free else ""
