"""Moving a conference from one status to the next, after saying what that means."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin import rights
from events.admin.stock import OfTickets
from events.domain import programme
from events.models import Conference, ConferencePage, Order
from network_site.people.models import User

Status = Conference.Status
BUTTONS = {
    Status.DRAFT: gettext_lazy("Take the announcement back"),
    Status.ANNOUNCED: gettext_lazy("Announce it"),
    Status.ON_SALE: gettext_lazy("Put it on sale"),
    Status.CLOSED: gettext_lazy("Close booking"),
    Status.POSTPONED: gettext_lazy("Postpone it"),
    Status.CANCELLED: gettext_lazy("Cancel the conference"),
}
MEANINGS = {
    Status.DRAFT: [gettext_lazy("Visitors no longer see it in lists and calendars.")],
    Status.ANNOUNCED: [gettext_lazy("It is in lists and calendars. Nothing can be booked yet.")],
    Status.ON_SALE: [
        gettext_lazy("Visitors can book at once, within each ticket type’s own dates and while there is room.")
    ],
    Status.CLOSED: [
        gettext_lazy("Nobody can start a booking from now on."),
        gettext_lazy("Whoever is paying at this moment can still finish."),
    ],
    Status.POSTPONED: [
        gettext_lazy("Nobody can start a booking from now on. The page and the calendar say that it is postponed."),
        gettext_lazy("Every order stays as it is. Change the dates when you know them, then put it on sale again."),
    ],
    Status.CANCELLED: [
        gettext_lazy("Nobody can book from now on. The page and the calendar say that it is cancelled."),
        gettext_lazy("This cannot be undone."),
    ],
}


@dataclass(frozen=True)
class MoveButton:
    """One move that is allowed now."""

    label: Any
    url: str
    is_serious: bool


def moves_of(conference: Conference) -> list[MoveButton]:
    """The moves allowed from where the conference is, in the order of its life."""
    allowed = Conference.ALLOWED[Status(conference.status)]
    return [
        MoveButton(label, reverse("conferences:move", args=[conference.pk, to]), to == Status.CANCELLED)
        for to, label in BUTTONS.items()
        if to in allowed
    ]


class Move(OfTickets):
    """Ask, then move."""

    needs = (rights.CHANGE_CONFERENCE,)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["to"] not in Status.values:
            raise Http404
        self.to = Status(kwargs["to"])
        self.is_serious = self.to == Status.CANCELLED

    def get_page_title(self) -> str:
        return str(BUTTONS[self.to])

    @property
    def yes(self) -> str:
        """The button says what it does."""
        return str(BUTTONS[self.to])

    def sentences(self) -> list[Any]:
        if self.to == self.conference.status:
            return [_("It is “%(status)s” already.") % {"status": self.to.label}]
        return [*MEANINGS[self.to], *self.warnings()]

    def warnings(self) -> list[str]:
        """What would surprise whoever presses the button."""
        if self.to == Status.ON_SALE:
            return self._before_a_sale()
        return self._about_orders() if self.to == Status.CANCELLED else []

    def _before_a_sale(self) -> list[str]:
        found = []
        if not self.conference.ticket_types.filter(is_hidden=False, session=None).exists():
            found.append(_("There is no ticket type yet, so nothing can be booked until you make one."))
        if not ConferencePage.objects.filter(conference=self.conference).live().exists():
            found.append(_("Its page is not published yet, so visitors cannot find it."))
        return found

    def _about_orders(self) -> list[str]:
        number = Order.objects.filter(conference=self.conference, status__in=Order.HOLDING).count()
        if not number:
            return [_("No order hangs on it.")]
        stay = ngettext(
            "%(n)s order stays as it is, with its money, until it is cancelled.",
            "%(n)s orders stay as they are, with their money, until each one is cancelled.",
            number,
        )
        return [stay % {"n": number}, _("The next page offers to cancel every order and give the money back.")]

    def do(self, form: Any) -> str:
        if self.to != self.conference.status:
            by: User = self.request.user  # type: ignore[assignment]
            programme.move(self.conference, to=self.to, by=by, now=timezone.now())
        return _("“%(conference)s” is now: %(status)s.") % {"conference": self.conference, "status": self.to.label}

    def back(self) -> str:
        if self.to == Status.CANCELLED and self.request.method == "POST" and self.may(rights.CHANGE_ORDERS):
            return reverse("conferences:cancel_orders", args=[self.conference.pk])
        return super().back()
