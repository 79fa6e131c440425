"""What a preview of a moment shows beside it."""

from django import template

from network_site.history.drawing import Told, told
from network_site.history.models import TimelineEvent

register = template.Library()


@register.simple_tag
def among_others(event: TimelineEvent, before: int = 1) -> list[Told]:
    """The moment on the thread as its era will show it, between the public ones before and after it.

    Args:
        event: the moment, saved or not.
        before: how many of those before it; with none the moment is what one sees first, on a telephone too.
    """
    others = TimelineEvent.objects.public().in_order().filter(era=event.era_id).exclude(pk=event.pk)
    around = [*others.select_related("era", "image", "conference").prefetch_related("themes"), event]
    around.sort(key=lambda one: (one.starts_on, one.tie_order, one.pk or float("inf")))
    place = around.index(event)
    return told(around[max(place - before, 0) : place + 2])
