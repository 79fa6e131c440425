"""Telling the checker of links which addresses public publications give."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from network_site.editing.links import uses
from research_db.domain.telling import resolved
from research_db.models import AddressUse, Datestamp, Identifier, Notice, Publication
from research_db.models.change import settled

AT_ONCE = 200
UNREAD = Q(addresses_as_of=None) | ~Q(addresses_as_of=F("at"))
Part = AddressUse.Part


def read_addresses(now: datetime, *, most: int = AT_ONCE) -> int:
    """Read the addresses of publications that changed, were published or withdrawn; returns how many publications.

    The lock of `settled` is held meanwhile, so that none of them changes between being read and being marked as read.
    """
    with settled():
        stamps = Datestamp.objects.filter(UNREAD).order_by("at", "publication")
        changed = list(stamps.values_list("publication", flat=True)[:most])
        if changed:
            _write_down(changed, now=now)
            Datestamp.objects.filter(publication__in=changed).update(addresses_as_of=F("at"))
    return len(changed)


def _write_down(changed: Collection[int], *, now: datetime) -> None:
    found = {
        (number, part, address)
        for number, part, written in _given(changed)
        if written and (address := uses.one_form(written, base=settings.SITE_URL)) is not None
    }
    links = uses.known({address for *_rest, address in found}, now=now)
    AddressUse.objects.filter(publication__in=changed).delete()
    AddressUse.objects.bulk_create(
        AddressUse(publication_id=number, part=part, link_id=links[address]) for number, part, address in sorted(found)
    )


def _given(numbers: Collection[int]) -> Iterator[tuple[int, Part, str]]:
    """Every address that these publications give, with its part; three queries."""
    public = Publication.objects.public().filter(pk__in=numbers)
    for number, page, free in public.order_by().values_list("pk", "url", "open_access_url"):
        yield number, Part.PAGE, page
        yield number, Part.FREE, free
    own = Identifier.objects.filter(publication__in=public, scheme="doi", is_container=False)
    for number, doi in own.values_list("publication", "value"):
        yield number, Part.DOI, resolved("doi", doi)
    for number, notice in Notice.objects.filter(publication__in=public).values_list("publication", "url"):
        yield number, Part.NOTICE, notice
