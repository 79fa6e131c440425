"""“My network”: what a logged-in person sees, panel by panel, each from the feature that knows it."""

from collections.abc import Callable

from django.http import HttpRequest

Panel = Callable[[HttpRequest], str]
_panels: dict[str, tuple[int, Panel]] = {}


def panel(name: str, *, order: int = 100) -> Callable[[Panel], Panel]:
    """Add a panel to everybody's own page.

    Args:
        name: its own name, such as "events.bookings"; the same name again replaces it.
        order: lower stands higher.

    The function returns the panel's HTML, marked safe; an empty string where this person has none.
    """

    def add(draw: Panel) -> Panel:
        _panels[name] = (order, draw)
        return draw

    return add


def panels(request: HttpRequest) -> list[str]:
    """The panels of the person asking, in order, without the empty ones."""
    in_order = sorted(_panels.items(), key=lambda item: (item[1][0], item[0]))
    return [html for _name, (_order, draw) in in_order if (html := draw(request))]
