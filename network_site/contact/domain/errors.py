"""What can go wrong with a message."""

from network_site.base.errors import HouseError


class ContactError(HouseError):
    """Something cannot be done with a message; the sentence says why."""
