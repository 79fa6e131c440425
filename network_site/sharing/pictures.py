"""Which picture goes with a page where it is shared, an editor’s own or the card the site draws; where cards lie."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import Page

from network_site.sharing import cards
from network_site.sharing.cards import Card
from network_site.sharing.shared import Shared, Whole

FOLDER = "share"
SALT, A_DAY = "sharing.draft", 24 * 3600
OWN_SIZE = f"fill-{cards.WIDTH}x{cards.HEIGHT}|format-jpeg"
# The last bytes of a whole PNG: one that is still being written has others.
END = b"IEND\xaeB`\x82"


@dataclass(frozen=True)
class Picture:
    """A picture's full address, its size in pixels and what it says in words."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Kind:
    """Things with cards: the name they have in addresses, and how a public one is found by its key."""

    name: str
    model: type
    find: Callable[[int], Any]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let things of a kind have cards; the same name again replaces it."""
    _kinds[kind.name] = kind


def public_page(pk: int) -> Page | None:
    """A page that anybody may read."""
    found = Page.objects.live().public().filter(pk=pk).first()
    return found.specific if found else None


register(Kind("page", Page, public_page))
register(Kind("site", Whole, lambda _pk: Whole()))


def picture(thing: Any, told: Shared, *, is_draft: bool = False) -> Picture:
    """The picture to share a thing with; of a draft, one that only its editors are told of."""
    if told.picture is not None:
        own = told.picture.get_rendition(OWN_SIZE)
        return Picture(absolute(own.url), own.width, own.height, told.picture.default_alt_text or told.title)
    card = cards.card(thing)
    path = draft_address(card) if is_draft else address(thing, card)
    return Picture(absolute(path), cards.WIDTH, cards.HEIGHT, card.alt)


def address(thing: Any, card: Card) -> str:
    """The card's path; another card has another path."""
    return reverse("sharing:card", args=[_kind_of(thing).name, thing.pk or 0, card.digest])


def draft_address(card: Card) -> str:
    """A path that holds the card itself, sealed: nobody else can have us draw what they like."""
    return reverse("sharing:draft", args=[signing.dumps(asdict(card), salt=SALT, compress=True)])


def unsealed(sealed: str) -> Card:
    """The card of a draft's address; ValueError for anything we did not seal within the day."""
    try:
        facts = signing.loads(sealed, salt=SALT, max_age=A_DAY)
    except signing.BadSignature as error:
        raise ValueError(sealed) from error
    return Card(**{**facts, "facts": tuple(facts["facts"])})


def find(kind: str, pk: int) -> Any:
    """The public thing with this key, or None."""
    return _kinds[kind].find(pk) if kind in _kinds else None


def drawn(thing: Any, card: Card) -> bytes:
    """The card's bytes, drawn the first time and kept; what is kept of earlier cards of the thing goes."""
    folder = f"{FOLDER}/{_kind_of(thing).name}-{thing.pk}"
    name = f"{folder}/{card.digest}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            kept: bytes = file.read()
        if kept.endswith(END):
            return kept
    png = card.png()
    _clear(folder)
    default_storage.save(name, ContentFile(png))
    return png


def _clear(folder: str) -> None:
    try:
        _, old = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in old:
        default_storage.delete(f"{folder}/{name}")


def _kind_of(thing: Any) -> Kind:
    return next(kind for kind in _kinds.values() if isinstance(thing, kind.model))


def absolute(url: str) -> str:
    """A full address, also where files lie elsewhere."""
    return url if url.startswith(("http://", "https://")) else f"{settings.SITE_URL}{url}"
