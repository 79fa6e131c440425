"""The few pictograms: one line each, drawn like the thread, never without words beside them."""

from django.utils.safestring import SafeString

from network_site.ui.thread.canvas import path, svg

ICONS = {
    "calendar": "M4 6h16v14H4zM4 11h16M8 3v5M16 3v5",
    "place": "M12 21C8 15 5 12.500 5 9a7 7 0 0 1 14 0c0 3.500-3 6-7 12zM12 6.500a2.500 2.500 0 1 0 .01 0",
    "clock": "M12 3a9 9 0 1 0 .01 0M12 7v5.500l3.500 2",
    "person": "M12 4a3.800 3.800 0 1 0 .01 0M4.500 20.500c1-9 14-9 15 0",
    "ticket": "M3 7h18v3.500a1.800 1.800 0 0 0 0 3.500v3.500H3V14a1.800 1.800 0 0 0 0-3.500zM14 7v2M14 11v2M14 15v2",
    "download": "M12 3v12M7 10.500l5 5 5-5M4 20.500h16",
    "letter": "M3 6h18v13H3zM3 7l9 7 9-7",
    "play": "M8 5l11 7-11 7z",
    "search": "M10.500 4a6.500 6.500 0 1 0 .01 0M15.300 15.300L21 21",
    "tick": "M4 13l5.500 5.500L20 6",
    "cross": "M5 5l14 14M19 5L5 19",
    "book": "M12 7c-2.500-2-5.500-2.500-8.500-2v13.500c3-.5 6 0 8.500 2 2.500-2 5.500-2.500"
    " 8.500-2V5c-3-.5-6 0-8.500 2zM12 7v13.500",
    "ribbon": "M12 3a5.500 5.500 0 1 0 .01 0M9 13.500L7 21l5-2.800 5 2.800-2-7.500",
    "pillars": "M3.500 9L12 4l8.500 5zM4 20h16M6.500 12v5M12 12v5M17.500 12v5",
    "linked": "M8.500 7a5 5 0 1 0 .01 0M15.500 7a5 5 0 1 0 .01 0",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "link": "M10 14a4.200 4.200 0 0 0 6 0l3-3a4.200 4.200 0 0 0-6-6l-1 1"
    "M14 10a4.200 4.200 0 0 0-6 0l-3 3a4.200 4.200 0 0 0 6 6l1-1",
    "out": "M8 16L19 5M10 5h9v9",
}


def icon(name: str) -> SafeString:
    """A pictogram as tall as the words beside it; it says nothing to a screen reader."""
    return svg(path(ICONS[name]), view=(24, 24), css="icon", width="1.25em", height="1.25em")
