"""The history: moments, the eras they fall in, the themes they belong to, and the page that shows them."""

from network_site.history.models.event import TiedPublication, TimelineEvent
from network_site.history.models.grouping import Era, Theme
from network_site.history.models.page import TimelinePage

__all__ = ["Era", "Theme", "TiedPublication", "TimelineEvent", "TimelinePage"]
