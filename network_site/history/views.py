"""The history as files to take away."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from network_site.base import safe_csv
from network_site.history import data
from network_site.history.filters import read

# Other sites may show our history; what an editor changes reaches them within five minutes.
SHARED = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """The moments that fit the same questions as the page, with what each field means."""
    written = json.dumps(data.document(read(request.GET)), ensure_ascii=False, indent=1)
    return _file(request, written, "application/json")


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a spreadsheet, in UTF-8 with the mark that lets Excel read accents."""
    header, rows = data.table(read(request.GET))
    response = _file(request, "".join(safe_csv.lines(header, rows)), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="history.csv"'
    return response


def _file(request: HttpRequest, text: str, kind: str) -> HttpResponseBase:
    """The file, or a nod where the asker has it already."""
    content = text.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    response = HttpResponse(content, content_type=kind, headers={**SHARED, "ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
