"""The list, for the page of the tree that shows it."""

from django import template
from django.template import Context

from research_db.finding.listing import Listing, listing

register = template.Library()


@register.simple_tag(takes_context=True)
def research_listing(context: Context) -> Listing | None:
    """The list that this request asks for, asked once; None while the first index is being made."""
    request = context["request"]
    if not hasattr(request, "research_listing"):
        request.research_listing = listing(request.GET)
    found: Listing | None = request.research_listing
    return found
