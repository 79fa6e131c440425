"""The parts every page is made of: its body, the way to it, and the door for its editors."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import get_page_instance, wagtailuserbar
from wagtail.blocks import StreamValue
from wagtail.models import Page

from network_site.base import body as bodies
from network_site.base import freshness, offers
from network_site.base.crumbs import Crumb, breadcrumbs
from network_site.base.pages import BasePage
from network_site.base.remembered import remembered

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context: RequestContext, stream: StreamValue) -> bodies.Body:
    """The body's HTML and contents: `{% body page.body as body %}`."""
    now = [freshness.current(), timezone.localdate()] if bodies.lives(stream) else []
    shown = [bodies.stored(stream), *now]
    return remembered("base.body", shown=shown, make=lambda: bodies.render(stream, context.flatten()))


@register.simple_tag(takes_context=True)
def crumbs(context: RequestContext, page: Page) -> list[Crumb]:
    """The way to the page from home."""
    return breadcrumbs(page, request=context.get("request"))


@register.simple_tag(takes_context=True)
def may_edit(context: RequestContext, page: Page | None) -> bool:
    """Whether the visitor may edit the page; visitors without a session are not looked up at all."""
    request = context.get("request")
    if not page or page.pk is None or request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.is_authenticated and page.permissions_for_user(request.user).can_edit())


@register.simple_tag(takes_context=True)
def staff_bar(context: RequestContext) -> str:
    """Wagtail's bar for staff on a page of the tree and in every preview; nobody without a session is looked up."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    is_wanted = getattr(request, "in_preview_panel", False) or get_page_instance(context)
    return str(wagtailuserbar(context, "bottom-left")) if is_wanted else ""


@register.simple_tag(takes_context=True)
def page_foot(context: RequestContext, page: object) -> SafeString:
    """What rooms offer for the foot of this page; nothing where it is not one for reading, or not yet saved."""
    request = context.get("request")
    if request is None or not isinstance(page, BasePage) or not page.is_for_reading or page.pk is None:
        return SafeString("")
    return format_html_join("", "{}", ((offer(request, page),) for offer in offers.page_foot.all()))


@register.simple_tag
def connections_of(thing: Model) -> list[offers.Connection]:
    """What else on the site belongs to this: `{% connections_of page.conference as lines %}`; one query a room."""
    return [line for told in offers.connections.all() for line in told(thing)] if thing.pk else []


@register.simple_tag
def canonical(page: Page) -> str:
    """The one full address of the page."""
    return f"{settings.SITE_URL}{_path(page)}"


def _path(page: Any) -> str:
    parts = page.get_url_parts()
    return str(parts[2]) if parts and parts[2] else "/"
