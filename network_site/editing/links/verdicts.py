"""What an answer says of a link: works, moved, broken, or nothing certain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException, responses

from django.utils.translation import gettext as _

from network_site.editing.links.asking import Answer, UnaskableError
from network_site.editing.links.network import NotPublicError
from network_site.editing.models import LinkCheck

Status = LinkCheck.Status
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# A server that refuses programs, or asks who we are, says nothing about the page.
REFUSALS = frozenset({401, 403, 405, 406, 407, 408, 418, 425, 429, 451, 999})
# A server that is silent for this long is told to editors as broken.
PATIENCE = timedelta(days=3)
AGAIN = {
    Status.WORKS: timedelta(days=14),
    Status.MOVED: timedelta(days=14),
    Status.UNSURE: timedelta(days=1),
    Status.BROKEN: timedelta(days=2),
}
AGAIN_INSIDE = timedelta(hours=12)


@dataclass(frozen=True)
class Verdict:
    """What is to be written down about a link."""

    status: str
    code: int | None = None
    note: str = ""
    moved_to: str = ""
    # Whether it counts against the link: silence for days becomes broken.
    is_silence: bool = False


def of_answer(answer: Answer) -> Verdict:
    """What a server's answer says."""
    code = answer.code
    if code < HTTPStatus.BAD_REQUEST:
        return Verdict(Status.MOVED, code, moved_to=answer.address) if answer.has_moved else Verdict(Status.WORKS, code)
    if code in GONE:
        return Verdict(Status.BROKEN, code, _("The server says that nothing is there."))
    if code in REFUSALS:
        return Verdict(Status.UNSURE, code, _("The server does not answer programs. Try it yourself."))
    said = responses.get(code, "")
    return Verdict(
        Status.UNSURE, code, _("The server answers with an error: %(said)s") % {"said": said}, is_silence=True
    )


def of_error(error: Exception) -> Verdict:
    """What it says that no answer came."""
    if isinstance(error, UnaskableError):
        return Verdict(Status.UNSURE, note=_("This kind of address is not checked."))
    if isinstance(error, NotPublicError):
        return Verdict(Status.BROKEN, note=_("Only we could open it: it is inside a private network."))
    if isinstance(error, TimeoutError):
        return Verdict(Status.UNSURE, note=_("The server took too long."), is_silence=True)
    if isinstance(error, HTTPException):
        return Verdict(Status.UNSURE, note=_("The server’s answer makes no sense."), is_silence=True)
    return Verdict(Status.UNSURE, note=_("The server cannot be reached."), is_silence=True)


def write_down(link: LinkCheck, verdict: Verdict, *, now: datetime) -> None:
    """Keep a verdict, and say when to ask again."""
    since = (link.failing_since or now) if verdict.status in {Status.UNSURE, Status.BROKEN} else None
    link.status = _status(link, verdict, lasting=now - (since or now))
    link.code, link.note, link.moved_to = verdict.code, verdict.note, verdict.moved_to
    link.checked_at, link.failing_since = now, since
    link.due_at = now + (AGAIN[Status(link.status)] if link.host else AGAIN_INSIDE)
    link.save()


def _status(link: LinkCheck, verdict: Verdict, *, lasting: timedelta) -> str:
    """Silence that lasts for days is broken.

    Another server may say once, by a slip of its own, that nothing is there: broken is what fails again.
    """
    if verdict.is_silence and lasting >= PATIENCE:
        return Status.BROKEN
    if verdict.status == Status.BROKEN and link.host and link.failing_since is None:
        return Status.UNSURE
    return verdict.status
