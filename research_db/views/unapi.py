"""unAPI (version 1): reference managers save what is on a page, all of a list at once."""

from xml.sax.saxutils import quoteattr

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from research_db.domain.records import public_of
from research_db.formats.writing import WRITERS, Target
from research_db.views.files import sent

# What unAPI's readers call the formats.
FORMATS = {"ris": Target.RIS, "bibtex": Target.BIBTEX, "csl": Target.CSL}
CHOICES, UNKNOWN, NOT_IN_THIS = 300, 404, 406


@require_safe
def unapi(request: HttpRequest) -> HttpResponseBase:
    """The formats there are, those of one record, or the record in one of them; an identifier is a record's code."""
    code, wanted = request.GET.get("id", ""), request.GET.get("format", "")
    if not code:
        return _formats()
    found, unknown = public_of([code])
    if unknown:
        return _said("No record has this identifier.", status=UNKNOWN)
    if not wanted:
        return _formats(f" id={quoteattr(code)}", status=CHOICES)
    if wanted not in FORMATS:
        return _said("The record is not to be had in this format.", status=NOT_IN_THIS)
    return sent(request, [found[0].pk], FORMATS[wanted], name=found[0].slug)


def _formats(about: str = "", *, status: int = 200) -> HttpResponse:
    """The list of formats, as the specification writes it."""
    types = {name: WRITERS[target].content_type.partition(";")[0] for name, target in FORMATS.items()}
    each = "".join(f'<format name="{name}" type="{kind}"/>' for name, kind in types.items())
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{about}>{each}</formats>\n'
    return HttpResponse(content, content_type="application/xml; charset=utf-8", status=status)


def _said(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status)
