"""The history in the Wagtail admin."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from network_site.base.offers import Waiting, waiting
from network_site.history.editing.checks import needing_attention
from network_site.history.editing.viewsets import HistoryGroup

register_snippet(HistoryGroup)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The editing room's own style, a little on top of Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("history/editing.css"))


@waiting.add("history")
def to_look_at(request: HttpRequest) -> Sequence[Waiting]:
    """How many moments need attention, for those who may change them."""
    if not request.user.has_perm("history.change_timelineevent"):
        return []
    number = len(needing_attention(timezone.localdate()))
    words = ngettext("moment of our history needs attention", "moments of our history need attention", number)
    return [Waiting(number, words, reverse("history_moments:list") + "?needs_attention=true")] if number else []
