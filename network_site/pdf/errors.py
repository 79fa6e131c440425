"""What can go wrong with a document."""

from network_site.base.errors import HouseError


class PdfError(HouseError):
    """A document could not be set; the message is fit for a visitor."""
