"""What a test sees of a page as a whole: whether everybody can use it, whether it fits, who is signed in."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Page

from tests.browser.axe import COLOURS, EVERYTHING, axe

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = (320, 360, 768, 1024, 1280)
LOOKED_AT = (360, 1280)
ENLARGED = (360, 640, 1280)
UNNOTICED = 0.02
# Colours that fade from one to the other are neither on their way.
SETTLED = """() => Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)
)"""


def sideways(page: Page) -> int:
    """How many pixels one would have to scroll sideways to see everything; 0 is as it should be."""
    return int(page.evaluate(TOO_WIDE))


def too_wide(page: Page) -> list[str]:
    """Whether a page, or what it is about, is wider than its window."""
    inside = page.evaluate("(document.querySelector('main')?.scrollWidth ?? 0) - innerWidth")
    return [f"{over} pixels too wide" for over in [max(sideways(page), inside)] if over > 0]


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, and whether it is wider than its window."""
    return axe(page) + too_wide(page)


def at_each(page: Page, widths: Iterable[int]) -> Iterator[int]:
    """Make the window each of these widths in turn: a page need not be asked for again to be narrower."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        yield width


def faults_everywhere(page: Page) -> list[str]:
    """The faults of the page that is open, from the narrowest telephone to a desk, in the light and in the dark."""
    found = []
    for width in at_each(page, WIDTHS):
        wrong = faults(page) + in_the_dark(page, COLOURS) if width in LOOKED_AT else too_wide(page)
        found += [f"at {width}: {fault}" for fault in wrong]
    return found


def in_the_dark(page: Page, rules: tuple[str, ...] = EVERYTHING) -> list[str]:
    """What axe-core finds wrong with a page at night; the colours are enough where it was looked at by day as wide."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(SETTLED)
    found = [f"in the dark: {fault}" for fault in axe(page, rules)]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.evaluate(SETTLED)
    return found


def in_large_letters(page: Page) -> list[str]:
    """Where the page that is open runs over when its letters are twice as big."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"in large letters at {width}: {fault}" for width in at_each(page, ENLARGED) for fault in too_wide(page)]


def shifts(page: Page, paths: Iterable[str]) -> dict[str, float]:
    """How much of each page moved while it came, as browsers measure it, where that is more than nobody notices."""
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    moved = {}
    for path in paths:
        page.goto(path, wait_until="networkidle")
        moved[path] = float(page.evaluate("window.shift"))
    return {path: shift for path, shift in moved.items() if shift >= UNNOTICED}


def sign_in(page: Page, site: str, user: AbstractBaseUser) -> None:
    """From here on the page's window is the user's."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
