"""The worker's round: a few links that are due, one address of each server, never one server twice in a round."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPException

from django.db.models import Min, QuerySet
from django.utils import timezone

from network_site.base import stopping
from network_site.editing.links import asking, inside
from network_site.editing.links.asking import Answer
from network_site.editing.links.uses import is_used
from network_site.editing.links.verdicts import Verdict, of_answer, of_error, write_down
from network_site.editing.models import GONE, LinkCheck

logger = logging.getLogger(__name__)
Ask = Callable[[str], Answer]
# With the job once a minute, no server hears from us more often than that.
SERVERS_A_ROUND = 10
OWN_A_ROUND = 50
# A link that nothing uses any more is kept this long: it may come back with the next version of what used it.
KEEP_UNUSED = timedelta(days=30)


def check_links(now: datetime, *, ask: Ask = asking.ask) -> int:
    """Check what is due; returns how many links were asked for. May be cut off at any moment."""
    asked = 0
    for link in [*_due(now).filter(host="")[:OWN_A_ROUND], *_one_a_server(now)]:
        if stopping.is_asked():
            break
        write_down(link, verdict_on(link, ask=ask), now=now)
        asked += 1
    LinkCheck.objects.filter(~is_used(), due_at__lt=now - KEEP_UNUSED).delete()
    return asked


def verdict_on(link: LinkCheck, *, ask: Ask) -> Verdict:
    """Ask, and say what came of it; never raises for what another server does."""
    try:
        return of_answer(ask(link.address) if link.host else ask_ourselves(link.address))
    except (OSError, ValueError, HTTPException) as error:
        logger.info("A link could not be asked for: %r", error)
        return of_error(error)


def ask_ourselves(path: str) -> Answer:
    """Ask our own site; a redirect an editor made is a move, and is not followed."""
    if path == GONE:
        return Answer(404, path)
    response = inside.visit(path, method="HEAD")
    if response.status_code in asking.PERMANENT:
        return Answer(200, response.headers.get("Location", path), has_moved=True)
    return Answer(response.status_code, path)


def _due(now: datetime) -> "QuerySet[LinkCheck]":
    return LinkCheck.objects.filter(is_used(), due_at__lte=now).order_by("due_at", "pk")


def _one_a_server(now: datetime) -> list[LinkCheck]:
    """The link that has waited longest of each of a few servers."""
    others = _due(now).exclude(host="")
    servers = others.order_by().values("host").annotate(first=Min("due_at")).order_by("first", "host")
    hosts = servers.values_list("host", flat=True)[:SERVERS_A_ROUND]
    return [link for host in list(hosts) for link in others.filter(host=host)[:1]]


def ask_ourselves_again() -> None:
    """Let the next round ask for every link to our own pages."""
    LinkCheck.objects.filter(host="").update(due_at=timezone.now())
