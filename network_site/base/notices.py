"""Short letters to staff: said by any room, carried by whichever room knows how to send letters."""

from collections.abc import Callable
from dataclasses import dataclass

from network_site.base.offers import Offers


@dataclass(frozen=True)
class Notice:
    """What one member of staff is told; `key` says which promise it keeps, and no promise is kept twice."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    key: str


# Registered by the room that sends letters; each gets the notice inside the transaction of the deed it tells of.
carriers: Offers[Callable[[Notice], object]] = Offers()


def tell(notice: Notice) -> None:
    """Hand a notice to whoever carries it. Never waits for a mail server."""
    for carry in carriers.all():
        carry(notice)
