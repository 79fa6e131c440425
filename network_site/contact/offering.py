"""What contact offers to the rest of the house: what waits for staff, and the question at the foot of pages."""

from collections.abc import Sequence

from django.db.models import Count, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from network_site.base.offers import Waiting, page_foot, waiting
from network_site.contact.admin.rights import SEE_MESSAGES
from network_site.contact.models import Message
from network_site.ui.remembered import drawn

Status = Message.Status


@waiting.add("contact")
def messages_waiting(request: HttpRequest) -> Sequence[Waiting]:
    """New messages, and those held because they may be advertising."""
    if not request.user.has_perm(SEE_MESSAGES):
        return []
    counted = Message.objects.aggregate(
        new=Count("pk", filter=Q(status=Status.NEW)), held=Count("pk", filter=Q(status=Status.SUSPECTED))
    )
    index = reverse("contact_messages:index")
    found = (
        Waiting(counted["new"], ngettext("new message", "new messages", counted["new"]), f"{index}?status=new"),
        Waiting(
            counted["held"],
            ngettext("message held as perhaps advertising", "messages held as perhaps advertising", counted["held"]),
            f"{index}?status=suspected",
        ),
    )
    return [one for one in found if one.number]


@page_foot.add("contact")
def was_it_useful(request: HttpRequest, page: Model) -> SafeString:
    """The question whether the page helped: the same for everybody, so a page with it can be kept."""
    return drawn("contact/feedback.html", {"page_id": page.pk}, shown=(page.pk,))
