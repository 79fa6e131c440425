"""What a test sees of a page as a whole: whether everybody can use it, whether it fits, who is signed in."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.fixtures import Window

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = (320, 360, 768, 1280)
LOOKED_AT = (360, 1280)
UNNOTICED = 0.02


def sideways(page: Page) -> int:
    """How many pixels one would have to scroll sideways to see everything; 0 is as it should be."""
    return int(page.evaluate(TOO_WIDE))


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, and whether it is wider than its window."""
    too_wide = sideways(page)
    return axe(page) + [f"{too_wide} pixels too wide"] * (too_wide > 0)


def at_each(page: Page, widths: Iterable[int]) -> Iterator[int]:
    """Make the window each of these widths in turn: a page need not be asked for again to be narrower."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        yield width


def faults_of(window: Window, paths: Iterable[str], scheme: str) -> dict[str, list[str]]:
    """The faults of each page, from the narrowest telephone to a desk, in one colour scheme."""
    found: dict[str, list[str]] = {}
    page = window(color_scheme=scheme, bypass_csp=True)
    for path in paths:
        page.goto(path)
        for width in at_each(page, WIDTHS):
            too_wide = sideways(page) or page.evaluate("document.querySelector('main').scrollWidth > innerWidth")
            wrong = (axe(page) if width in LOOKED_AT else []) + ["too wide"] * bool(too_wide)
            if wrong:
                found[f"{path} at {width}"] = wrong
    return found


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
