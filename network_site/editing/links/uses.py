"""Which addresses a page links to, and which are used by anything at all."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from network_site.editing.checks.document import Element
from network_site.editing.links.inside import path_on_this_site
from network_site.editing.models import GONE, LinkCheck, LinkUse

MOST_LINKS = 500
LONGEST_WORDS = 200
# Files of the site itself, made with it, and doors that open for staff only.
NOT_ASKED = ("/static/", "/admin/", "/accounts/")


def links_in(document: Element, *, base: str) -> dict[str, str]:
    """Each address a part of a page links to, and the words it does so with; ours as paths, a page that is gone as "".

    Args:
        document: the part of the page.
        base: the page's own full address.
    """
    found: dict[str, str] = {}
    for link in document.all("a"):
        address = _address(link, base=base)
        if address is not None and len(found) < MOST_LINKS:
            found.setdefault(address, link.text()[:LONGEST_WORDS])
    return found


def _address(link: Element, *, base: str) -> str | None:
    href = link.attributes.get("href")
    if href is None:
        return None if {"id", "name"} & link.attributes.keys() else GONE
    if not href.strip() or href.startswith("#"):
        return None
    return one_form(href.strip(), base=base)


def one_form(href: str, *, base: str) -> str | None:
    """An address in the one form links are kept in: a path for one of ours; None for what is not checked."""
    try:
        address = urldefrag(urljoin(base, href)).url
        scheme, own = urlsplit(address).scheme, path_on_this_site(address)
        address.encode()
    except ValueError:
        return None
    if scheme not in {"http", "https"} or "\0" in address or own.startswith(NOT_ASKED):
        return None
    return own or address


def write_down(page: Page, links: dict[str, str], *, now: datetime) -> None:
    """Keep what a page links to; new addresses are due at once, uses that ended are forgotten."""
    with transaction.atomic():
        kept = known(links, now=now)
        LinkUse.objects.filter(page=page).exclude(link__in=kept.values()).delete()
        uses = (LinkUse(link_id=number, page=page, words=links[address]) for address, number in kept.items())
        LinkUse.objects.bulk_create(
            uses, update_conflicts=True, unique_fields=["link", "page"], update_fields=["words"]
        )


def known(addresses: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Each of these addresses, in their one form, with the number of its link; a new one is due at once."""
    digests = {LinkCheck.digest_of(address): address for address in addresses}
    LinkCheck.objects.bulk_create(
        (_link(digest, address, now=now) for digest, address in sorted(digests.items())), ignore_conflicts=True
    )
    return dict(LinkCheck.objects.filter(digest__in=digests).values_list("address", "pk"))


def is_used() -> Q:
    """Whether something refers to a link: a page of ours, or whatever a room above keeps with a key to it."""
    used = Q()
    for relation in LinkCheck._meta.related_objects:
        users = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        used |= Q(Exists(users))
    return used


def _link(digest: str, address: str, *, now: datetime) -> LinkCheck:
    host = "" if address == GONE or address.startswith("/") else (urlsplit(address).hostname or "")
    return LinkCheck(digest=digest, address=address, host=host[:255], due_at=now)
