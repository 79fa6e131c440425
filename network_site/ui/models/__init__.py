"""What editors set once for the whole site."""

from network_site.ui.models.announcement import Announcement
from network_site.ui.models.footer import Footer
from network_site.ui.models.navigation import Navigation

__all__ = ["Announcement", "Footer", "Navigation"]
