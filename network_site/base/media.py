"""Uploaded pictures, served by the site itself where no object storage does it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.static import serve

A_WEEK = 7 * 24 * 60 * 60
# Documents may be for some people only: Wagtail's own address asks who wants one, and says what it is.
DOCUMENTS = "documents"


def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file; a new picture has a new name, so a browser may keep it for a week.

    Whatever a file is, a browser takes it for what its name says, and runs nothing that is inside it.
    """
    if _is_document(path):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={A_WEEK}"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_document(path: str) -> bool:
    """Whether a path leads below the documents, however it is written; what leads outside is refused by Django."""
    root, found = safe_join(settings.MEDIA_ROOT, DOCUMENTS), safe_join(settings.MEDIA_ROOT, path)
    return f"{found}/".casefold().startswith(f"{root}/".casefold())
