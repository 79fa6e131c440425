"""What stands in the head of a page for those who share it and for search engines."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.translation import get_language

from network_site.base import languages
from network_site.base.crumbs import Crumb
from network_site.sharing import pictures, structured
from network_site.sharing.shared import Shared, Whole, shared, usual_description

register = template.Library()


@register.inclusion_tag("sharing/tags.html", takes_context=True)
def share_head(context: RequestContext, thing: Any) -> dict[str, Any]:
    """Canonical address, Open Graph and JSON-LD of a page or a registered row; nothing where there is neither."""
    if not thing:
        return {}
    is_draft = getattr(context.get("request"), "is_preview", False)
    return _facts(thing, shared(thing), is_draft=is_draft)


@register.inclusion_tag("sharing/tags.html", takes_context=True)
def share_view(
    context: RequestContext, title: str, description: str = "", way: list[Crumb] | None = None
) -> dict[str, Any]:
    """The same for an address without a row behind it, such as a list; its question is no part of it."""
    told = Shared(
        title=str(title),
        description=str(description) or usual_description(),
        path=context["request"].path,
        language=languages.tag(get_language() or settings.LANGUAGE_CODE),
        way=tuple(way or ()),
    )
    return _facts(Whole(), told)


def _facts(thing: Any, told: Shared, *, is_draft: bool = False) -> dict[str, Any]:
    picture = pictures.picture(thing, told, is_draft=is_draft)
    return {
        "told": told,
        "picture": picture,
        "locale": told.language.replace("-", "_"),
        "graph": structured.written(structured.graph(thing, told, picture=picture.url)),
        "SITE_NAME": settings.SITE_NAME,
    }
