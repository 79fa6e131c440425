"""What stands round every page: navigation, footer, announcement; read once and kept until something changes."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Site

from network_site.base import freshness, languages
from network_site.base.page_cache import good_until
from network_site.ui.models import Announcement, Footer, Navigation
from network_site.ui.models.footer import Column
from network_site.ui.models.links import Link
from network_site.ui.models.navigation import MOST

KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Frame:
    """All that is round a page."""

    links: tuple[Link, ...] = ()
    columns: tuple[Column, ...] = ()
    small_print: str = ""
    announcement: str = ""
    announcement_link: Link | None = None
    tone: str = Announcement.Tone.NOTICE
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_search: bool = False


def of(request: HttpRequest | None) -> Frame:
    """The frame of the site this request came to, with the link to the page one is on marked."""
    if request is None:
        return Frame()
    if getattr(request, "is_preview", False):
        return previewed(request)
    key = f"ui.frame.{request.get_host()}.{freshness.seen.words()}"
    frame: Frame | None = cache.get(key)
    if frame is None:
        site = Site.find_for_request(request)
        frame = read(site) if site else Frame()
        cache.set(key, frame, KEEP_SECONDS)
    links = tuple(mark_current(link, request.path) for link in frame.links)
    return in_its_time(replace(frame, links=links, is_search=request.path == "/search/"), request, now=timezone.now())


def in_its_time(frame: Frame, request: HttpRequest, *, now: datetime) -> Frame:
    """The frame with its announcement only between its times; whoever keeps the page hears when that changes."""
    edges = [edge for edge in (frame.starts_at, frame.ends_at) if edge and edge > now]
    if edges:
        good_until(request, min(edges))
    words = {} if _is_time(frame, now) else {"announcement": "", "announcement_link": None}
    return replace(frame, starts_at=None, ends_at=None, **words)  # type: ignore[arg-type]  # of the fields' own kinds


def _is_time(frame: Frame, now: datetime) -> bool:
    has_begun = frame.starts_at is None or frame.starts_at <= now
    return has_begun and (frame.ends_at is None or frame.ends_at > now)


@lru_cache(maxsize=256)
def part(template_name: str, around: Frame, language: str, page: str, is_demonstration: bool) -> SafeString:
    """One part of the frame as HTML; it depends on nothing that is not named here.

    Args:
        language: the visitor's, in which the part's own words are.
        page: the language of the page round which it stands. Where words are in another, they say so.
    """
    context = {
        "frame": around,
        "IS_DEMONSTRATION": is_demonstration,
        "ours": named(language, inside=page),
        # Editors' words, inside ours and straight on the page.
        "theirs": named(settings.LANGUAGE_CODE, inside=language),
        "theirs_here": named(settings.LANGUAGE_CODE, inside=page),
    }
    with translation.override(language):
        return render_to_string(template_name, context)


def named(language: str, *, inside: str) -> SafeString:
    """Attributes that name the language of some words inside others; nothing where it is the same."""
    if language == inside:
        return SafeString("")
    spoken, around = languages.spoken(language), languages.spoken(inside)
    turned = format_html(' dir="{}"', spoken.direction) if spoken.direction != around.direction else ""
    return format_html('lang="{}"{}', spoken.tag, turned)


def mark_current(link: Link, path: str) -> Link:
    """`aria-current` is "page" on the page itself, "true" on a page below it."""
    if link.url == path:
        return replace(link, current="page")
    is_above = len(link.url) > 1 and link.url.endswith("/") and path.startswith(link.url)
    return replace(link, current="true") if is_above else link


def read(site: Site) -> Frame:
    """The frame from the database."""
    return _made(
        site,
        navigation=Navigation.objects.filter(site=site).first(),
        footer=Footer.objects.filter(site=site).first(),
        notice=Announcement.objects.filter(site=site, is_active=True).first(),
    )


def previewed(request: HttpRequest) -> Frame:
    """The frame with the setting that is being edited in the place of the saved one; kept nowhere."""
    site = Site.find_for_request(request)
    if site is None:
        return Frame()
    navigation, footer, notice = (_edited(model, request, site) for model in (Navigation, Footer, Announcement))
    if notice and not (notice.is_active or hasattr(request, Announcement.get_cache_attr_name())):
        notice = None
    frame = _made(site, navigation=navigation, footer=footer, notice=notice)
    return replace(frame, starts_at=None, ends_at=None)


def _edited(model: Any, request: HttpRequest, site: Site) -> Any:
    """What the preview hangs on the request, as Wagtail does; otherwise what is saved."""
    return getattr(request, model.get_cache_attr_name(), None) or model.objects.filter(site=site).first()


def _made(site: Site, *, navigation: Navigation | None, footer: Footer | None, notice: Announcement | None) -> Frame:
    frame = Frame(
        links=(navigation.drawn() if navigation else ()) or _in_menus(site),
        columns=footer.drawn() if footer else (),
        small_print=footer.small_print if footer else "",
    )
    if notice is None:
        return frame
    return replace(
        frame,
        announcement=notice.text,
        announcement_link=notice.link(),
        tone=notice.tone,
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
    )


def _in_menus(site: Site) -> tuple[Link, ...]:
    pages = site.root_page.get_children().live().public().in_menu()[:MOST]
    return tuple(Link(page.title, page.url) for page in pages)
