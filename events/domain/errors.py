"""What cannot be done with tickets, in sentences fit for a visitor."""

from typing import TYPE_CHECKING

from network_site.base.errors import HouseError

if TYPE_CHECKING:
    from events.models import TicketType


class TicketingError(HouseError):
    """What happened, what was kept, and what to do."""


def is_whole(number: object) -> bool:
    """Whether somebody gave a whole number; what comes from outside may be anything."""
    return isinstance(number, int) and not isinstance(number, bool)


class SoldOut(TicketingError):
    """Fewer places are free than were asked for; `fits` of `ticket_type` still are."""

    def __init__(self, message: str, *, ticket_type: "TicketType", fits: int) -> None:
        super().__init__(message)
        self.ticket_type = ticket_type
        self.fits = fits
