"""What can go wrong in the research database."""

from network_site.base.errors import HouseError


class ResearchError(HouseError):
    """Something that cannot be done with a record or a term; the message says what and why."""
