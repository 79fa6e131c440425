"""The outbox on a page, for developers and for the demonstration: what was promised, sent, and how it looks."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from network_site.base.crumbs import Crumb
from network_site.mail.kinds import write
from network_site.mail.letters import Letter
from network_site.mail.models import OutgoingMail

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SHOWN = 200
# A letter in a frame may show pictures of ours and its own styles, and nothing else.
FRAME_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


def only_for_show(view: View) -> View:
    """Hide a page from the public site: there it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (settings.DEBUG or settings.IS_DEMONSTRATION):
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View", never_cache(require_safe(guarded)))


@only_for_show
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest letters."""
    letters = OutgoingMail.objects.all()[:SHOWN]
    return render(request, "mail/outbox.html", {"letters": letters, "shown": SHOWN, "way": _way()})


@only_for_show
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def letter(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One letter: its facts, its two forms and its files."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    written, problem = attempt(mail)
    told = {"mail": mail, "letter": written, "problem": problem, "way": _way(Crumb(mail.name, request.path))}
    return render(request, "mail/letter.html", told)


@only_for_show
@xframe_options_sameorigin
@csp(FRAME_POLICY)  # type: ignore[arg-type]
def body(request: HttpRequest, *, pk: int) -> HttpResponse:
    """The letter's HTML, as a mail program gets it; meant for a frame that may do nothing."""
    return HttpResponse(written_or_404(pk).html())


@only_for_show
def attachment(request: HttpRequest, *, pk: int, number: int) -> HttpResponse:
    """One of the letter's files, numbered from 1."""
    files = written_or_404(pk).attachments
    if not 1 <= number <= len(files):
        raise Http404
    file = files[number - 1]
    headers = {"Content-Disposition": f'attachment; filename="{file.filename}"'}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def _way(*more: Crumb) -> list[Crumb]:
    """The way from home to the outbox and on from there."""
    return [Crumb(_("Home"), "/"), Crumb(_("Outbox"), reverse("mail:outbox")), *more]


def written_or_404(pk: int) -> Letter:
    """The letter, written now; a letter that cannot be written has no forms and no files."""
    written, _why = attempt(get_object_or_404(OutgoingMail, pk=pk))
    if written is None:
        raise Http404
    return written


def attempt(mail: OutgoingMail) -> tuple[Letter | None, str]:
    """Write the letter from what was queued, or say why that cannot be done."""
    try:
        return write(mail.kind, mail.payload), ""
    except Exception as error:  # noqa: BLE001 a developer wants to see whatever is wrong with it
        return None, f"{type(error).__name__}: {error}"
