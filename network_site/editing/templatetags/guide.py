"""Links from any screen to the part of the editors' guide that explains it."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network_site.editing.guide import topics

register = template.Library()


@register.simple_tag
def guide_link(slug: str) -> SafeString:
    """A link to one topic, by its title; nothing where there is none of this name."""
    topic = topics.find(slug)
    if topic is None:
        return mark_safe("")
    words = _("Guide: %(title)s") % {"title": topic.title}
    return format_html('<a class="house-guide-link" href="{}">{}</a>', _address(topic), words)


@register.simple_tag(takes_context=True)
def help_here(context: Context) -> dict[str, str]:
    """The topic for the screen one looks at: its address and its title."""
    request = getattr(context, "request", None) or context.get("request")
    topic = topics.for_path(request.path) if request is not None else None
    if topic is None:
        return {"url": reverse("editing:guide"), "title": _("Editors’ guide")}
    return {"url": _address(topic), "title": str(topic.title)}


def _address(topic: topics.Topic) -> str:
    return reverse("editing:topic", args=[topic.slug])
