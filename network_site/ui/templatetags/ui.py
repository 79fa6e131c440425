"""The design system's components; builtins, so no template loads them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from network_site.base import dates, languages, money
from network_site.ui import capacity as places
from network_site.ui import fields, forms, frame, icons, stencils, steps
from network_site.ui.thread import Piece, loops, pictures, pieces

register = template.Library()

# --- parts that are drawn once ----------------------------------------------------------------------
register.simple_tag(stencils.filled, name="stencil")

# --- words ------------------------------------------------------------------------------------------
register.filter("in_words", places.in_words)
register.filter("field_kind", forms.kind)
register.filter("is_optional", forms.is_optional)


@register.filter
def pounds(pence: int) -> str:
    return money.pounds(pence)


@register.filter
def pounds_exact(pence: int) -> str:
    return money.pounds(pence, exact=True)


@register.filter
def clock(moment: datetime) -> str:
    return dates.clock(moment)


@register.filter
def machine_date(day: date, precision: str = dates.Precision.DAY) -> str:
    return dates.machine(day, precision)


# --- the thread: pieces of a column, to be stacked without gaps ---------------------------------------
register.simple_tag(pieces.run, name="thread_run")
register.simple_tag(pieces.stitch, name="stitch")
register.simple_tag(pieces.knot, name="knot")
register.simple_tag(pieces.bead, name="bead")
register.simple_tag(pieces.needle, name="needle")
register.simple_tag(loops.session_loop, name="session_loop")


@register.simple_tag
def loop(
    width: float = 256, x: float = 64.5, r: float = 66, *, figure: str = "", unit: str = "", pad: float = 30
) -> Piece:
    """A closed loop of radius r to the right of x: sold out. `unit` may have two lines parted by "|"."""
    return loops.loop(width, x, x + 22 + r, r, 1, figure, unit, pad)


@register.simple_tag
def bight(width: float = 256, x: float = 64.5, r: float = 66, *, figure: str = "", unit: str = "") -> Piece:
    """An open loop of radius r to the right of x: there was room."""
    return loops.bight(width, x, x + 24 + r, r, 1, figure, unit)


# --- pictures -----------------------------------------------------------------------------------------
register.simple_tag(pictures.mark, name="mark")
register.simple_tag(pictures.spool, name="spool")
register.simple_tag(pictures.tangle, name="tangle")
register.simple_tag(pictures.loose_end, name="loose_end")
register.simple_tag(pictures.dropped_stitch, name="dropped_stitch")
register.simple_tag(pictures.crossing, name="crossing")
register.simple_tag(icons.icon, name="icon")


@register.simple_tag
def hoop(taken: int = 0, size: int = 0) -> SafeString:
    """The home page's loop round the next conference, edged with how full it is; both widths."""
    on = pieces.run(560, 40.5, 40.5, 1)
    wide_run = replace(on, css="wide")
    return pictures.hoop_wide(taken, size) + wide_run.drawn() + pictures.hoop_narrow(taken, size)


@register.simple_tag
def stitches(total: int, taken: int) -> SafeString:
    """How full something is, drawn only: at most eighty stitches, folded in two lines where it is narrow."""
    row = places.row_of(taken=taken, size=total)
    if not row.folds:
        return pictures.row(row.count, row.filled)
    folded = pictures.row(row.count, row.filled, per_row=row.per_line, css="grains--folded")
    return pictures.row(row.count, row.filled, css="grains--long") + folded


# --- components ---------------------------------------------------------------------------------------
@register.inclusion_tag("ui/components/capacity.html")
def capacity(taken: int, size: int | None, words: str = "") -> dict[str, Any]:
    """Places left, drawn and in words. `words` replaces the words; a size of None does not run out."""
    if size is None:
        return {"endless": True, "words": words}
    row = places.row_of(taken=taken, size=size)
    strong, rest = places.left_in_words(taken=taken, size=size)
    rest = (f" {rest}" if rest else "") + ("." if row.scale else "")
    is_out = taken >= size > 0
    return {"words": words, "strong": strong, "rest": rest, "row": row, "taken": taken, "size": size, "is_out": is_out}


@register.inclusion_tag("ui/components/progress.html")
def progress(labels: list[str | tuple[str, str]], current: int, name: str = "") -> dict[str, Any]:
    """Steps on a thread. `labels` are words, or (words, address) for a step one may go back to."""
    return {"steps": steps.steps(labels, current=current), "name": name}


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(*sources: BaseForm | BaseFormSet[Any], note: str = "") -> dict[str, Any]:
    """What has to be put right in one or more forms or formsets, each linked; `note` says what was kept."""
    return {"problems": forms.problems(*sources), "note": note}


@register.simple_tag
def number_words() -> str:
    """The words of none to ten, for scripts that count."""
    return ",".join(places.number_words())


register.simple_tag(fields.house_field, name="house_field")
register.simple_tag(fields.told, name="told")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A field's own input in the house style, without label, hint or error."""
    return forms.control(field)


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> frame.Frame:
    """Navigation, footer and announcement of the site that is asked."""
    return frame.of(context.get("request"))


@register.simple_tag(takes_context=True)
def frame_part(context: Context, template_name: str, around: frame.Frame) -> SafeString:
    """A part of the frame in the visitor's language, drawn once for each place it can be in."""
    language = languages.visitors(context.get("request"))
    return frame.part(template_name, around, language, languages.current(), bool(context.get("IS_DEMONSTRATION")))


@register.simple_tag
def spoken_language() -> languages.Spoken:
    """The language of the page, for the attributes of its first element."""
    return languages.spoken()


@register.simple_tag
def in_site_language() -> SafeString:
    """Attributes for words that editors wrote, where the page round them may be in another language."""
    return frame.named(settings.LANGUAGE_CODE, inside=languages.current())
