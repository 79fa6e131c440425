"""What can go wrong with a letter."""

from network_site.base.errors import HouseError


class MailError(HouseError):
    """A letter cannot be written or sent again; the message says why."""
