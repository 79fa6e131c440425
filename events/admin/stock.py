"""What a conference sells, made and changed from its tickets page: room, ticket types, programme, staff holds."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import rights
from events.admin.crumbs import conference_crumbs
from events.admin.of_conference import AddOne, EditOne
from events.admin.stock_forms import KeepBackForm, QuotaForm, SessionForm, TicketTypeForm
from events.domain import corrections, ledger, programme
from events.domain.errors import TicketingError
from events.models import Conference, Quota, Session, StaffHold, TicketType
from network_site.base.audit import record
from network_site.base.freshness import touch_words
from network_site.editing.desk.pages import Deed, crumb
from network_site.people.models import User


class OfQuota:
    """A quota's size and closing move through verbs; the ledger refuses less than is taken."""

    model = Quota
    form_class = QuotaForm
    called = gettext_lazy("quota")
    header_icon = "group"

    def follow(self, saved: Quota, changed: dict[str, object]) -> None:
        by: User = self.request.user  # type: ignore[attr-defined]
        if self.is_new:  # type: ignore[attr-defined]
            return
        if "size" in changed:
            programme.resize(saved, size=self.form.cleaned_data["size"], by=by)  # type: ignore[attr-defined]
        if "is_closed" in changed:
            (programme.close if changed["is_closed"] else programme.reopen)(saved, by=by)


class OfTicketType:
    """A ticket type says which room one ticket takes."""

    model = TicketType
    form_class = TicketTypeForm
    called = gettext_lazy("ticket type")
    header_icon = "ticket"

    def follow(self, saved: TicketType, changed: dict[str, object]) -> None:
        weights = self.form.weights  # type: ignore[attr-defined]
        corrections.draw_on(saved, weights=weights, by=self.request.user)  # type: ignore[attr-defined]


class OfSession:
    """A line of the programme; subscribed calendars are told when its time changes."""

    model = Session
    form_class = SessionForm
    called = gettext_lazy("programme line")
    header_icon = "list-ul"

    def follow(self, saved: Session, changed: dict[str, object]) -> None:
        if {"starts_at", "ends_at", "title"} & set(changed):
            programme.note_change(saved.conference, now=timezone.now())


class AddQuota(OfQuota, AddOne):
    """New room."""


class EditQuota(OfQuota, EditOne):
    """Rename, resize, close."""


class AddTicketType(OfTicketType, AddOne):
    """A new kind of place."""


class EditTicketType(OfTicketType, EditOne):
    """A kind of place."""


class AddSession(OfSession, AddOne):
    """A new line."""


class EditSession(OfSession, EditOne):
    """A line of the programme."""


class OfTickets(Deed):
    """A deed asked for on a conference's tickets page."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.conference = get_object_or_404(Conference, pk=kwargs["conference"])

    def back(self) -> str:
        return reverse("conferences:tickets", args=[self.conference.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return conference_crumbs(self.conference, crumb(self.get_page_title()))


class Remove(OfTickets):
    """Take away something nobody has bought yet."""

    model: Any = None
    page_title = gettext_lazy("Remove")
    yes = gettext_lazy("Yes, remove it")
    is_serious = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.thing = self.model._default_manager.filter(conference=self.conference, pk=kwargs["pk"]).first()

    def get_page_subtitle(self) -> str:
        return str(self.thing or "")

    def sentences(self) -> list[str]:
        if self.thing is None:
            return [_("It was removed before.")]
        return [_("“%(thing)s” will be gone. This works only while nothing hangs on it.") % {"thing": self.thing}]

    def do(self, form: Any) -> str:
        if self.thing is None:
            return _("It was removed before.")
        name, about = str(self.thing), self.model._meta.verbose_name
        try:
            self.thing.delete()
        except ProtectedError as error:
            raise TicketingError(
                _("“%(thing)s” is in use, so it was not removed. Close or hide it instead.") % {"thing": name}
            ) from error
        record("removed", subject=f"conference:{self.conference.pk}", by=self.request.user, what=about, called=name)  # type: ignore[arg-type]
        touch_words()
        return _("“%(thing)s” is removed.") % {"thing": name}


class KeepBack(OfTickets):
    """Take places off sale for somebody."""

    needs = (rights.KEEP_BACK,)
    page_title = gettext_lazy("Keep places back")
    form_class = KeepBackForm
    yes = gettext_lazy("Keep them back")

    def form_kwargs(self) -> dict[str, Any]:
        return {"conference": self.conference}

    def sentences(self) -> list[str]:
        return [_("Nobody can buy these places until you let them go. Everybody at the desk sees why.")]

    def do(self, form: Any) -> str:
        asked = form.cleaned_data
        hold = corrections.keep_back_once(
            asked["quota"],
            units=asked["units"],
            reason=asked["reason"],
            by=self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
        return _("%(units)s of “%(quota)s” are kept back.") % {"units": hold.units, "quota": hold.quota.name}


class LetGo(OfTickets):
    """Put places that were kept back on sale again."""

    needs = (rights.LET_GO,)
    page_title = gettext_lazy("Let places go")
    yes = gettext_lazy("Let them go")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        holds = StaffHold.objects.select_related("quota").filter(quota__conference=self.conference)
        self.hold = get_object_or_404(holds, pk=kwargs["pk"])

    def sentences(self) -> list[str]:
        about = {"units": self.hold.units, "quota": self.hold.quota.name, "reason": self.hold.reason}
        return [_("%(units)s of “%(quota)s”, kept back for “%(reason)s”, can be bought again at once.") % about]

    def do(self, form: Any) -> str:
        ledger.let_go(self.hold, by=self.request.user, now=timezone.now())  # type: ignore[arg-type]
        return _("%(units)s of “%(quota)s” are free again.") % {"units": self.hold.units, "quota": self.hold.quota.name}


def _three(name: str, add: Any, edit: Any) -> list[URLPattern]:
    """Adding, editing and removing one kind of thing."""
    at, model = f"<int:conference>/{name}", edit.model
    remove = Remove.as_view(model=model, needs=(f"events.delete_{model._meta.model_name}",))
    return [
        path(f"{at}/new/", add.as_view(), name=f"{name}_add"),
        path(f"{at}/<int:pk>/", edit.as_view(), name=f"{name}_edit"),
        path(f"{at}/<int:pk>/remove/", remove, name=f"{name}_remove"),
    ]


def stock_urls() -> list[URLPattern]:
    """Every address of this module, below a conference's own."""
    return [
        *_three("quotas", AddQuota, EditQuota),
        *_three("types", AddTicketType, EditTicketType),
        *_three("sessions", AddSession, EditSession),
        path("<int:conference>/keep-back/", KeepBack.as_view(), name="keep_back"),
        path("<int:conference>/let-go/<int:pk>/", LetGo.as_view(), name="let_go"),
    ]
