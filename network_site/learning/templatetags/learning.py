"""Tags that read what the pages of courses and resources show."""

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone

from network_site.learning import words
from network_site.learning.filtering import Finding, Wanted
from network_site.learning.models import LearningIndexPage
from network_site.learning.shelf import Item, everything

register = template.Library()
register.filter("host", words.host)


@register.simple_tag(takes_context=True)
def learning_finding(context: RequestContext, index: LearningIndexPage) -> Finding:
    """What is on the shelf for what the reader asked."""
    request = context.get("request")
    query = request.GET if request is not None else QueryDict()
    return Finding(
        everything(index.path),
        Wanted.of(query),
        url=str(index.url or ""),
        page=query.get("page", "1"),
        today=timezone.localdate(),
    )


@register.filter
def start_of(item: Item) -> str:
    """When one can begin with a course."""
    return item.start(today=timezone.localdate())
