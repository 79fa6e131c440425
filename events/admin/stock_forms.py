"""The forms for what a conference sells: room, tickets, programme, and what is kept back."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.admin.facts_form import FactsForm, refuse
from events.admin.pounds import PoundsField
from events.models import Conference, Quota, Session, TicketType
from network_site.base.dates import LONDON, Precision, when

IN_ONE_ORDER = range(1, 101)


class OfConference(FactsForm):
    """A form about one thing of one conference."""

    conference: Conference

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference
        self.instance.conference = conference

    def refuse_twin(self, name: str) -> None:
        """A name is used once in a conference; say so beside the field."""
        twins = self._meta.model._default_manager.filter(conference=self.conference, name=self.cleaned_data.get(name))
        refuse(self, twins.exclude(pk=self.instance.pk).exists(), name, _("This conference has one of that name."))


class QuotaForm(OfConference):
    """Room that can run out. Size and closing move through the ledger's verbs, not through this form's save."""

    groups = ((_("Room"), ("name", "size", "is_closed")),)

    class Meta(FactsForm.Meta):
        model = Quota
        fields = ("name", "size", "is_closed")
        help_texts = {"name": _("Such as “Main hall” or “Online places”. Several ticket types may draw on one.")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.refuse_twin("name")
        return self.cleaned_data

    def _edited_columns(self) -> list[str]:
        return [name for name in super()._edited_columns() if name == "name"]


class SessionForm(OfConference):
    """A line of the programme."""

    groups = ((_("Programme"), ("title", "kind", "starts_at", "ends_at", "summary", "is_highlight")),)

    class Meta(FactsForm.Meta):
        model = Session
        fields = ("title", "kind", "starts_at", "ends_at", "summary", "is_highlight")
        help_texts = {"kind": _("Places in a workshop can be sold: make a ticket type for it.")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        found, conference = self.cleaned_data, self.conference
        starts, ends = found.get("starts_at"), found.get("ends_at")
        refuse(self, bool(starts and ends and ends <= starts), "ends_at", _("It ends before it starts."))
        if starts:
            self._clean_day(starts)
            twins = Session.objects.filter(conference=conference, title=found.get("title"), starts_at=starts)
            is_twin = twins.exclude(pk=self.instance.pk).exists()
            refuse(self, is_twin, "title", _("The programme has this line already."))
        return found

    def _clean_day(self, starts: datetime) -> None:
        conference = self.conference
        outside = not conference.starts_on <= starts.astimezone(LONDON).date() <= conference.last_day
        days = when(conference.starts_on, conference.ends_on)
        is_known = conference.precision == Precision.DAY
        refuse(self, is_known and outside, "starts_at", _("The conference is on %(days)s.") % {"days": days})


class TicketTypeForm(OfConference):
    """A kind of place: for whom, for how much, when, and which room it takes."""

    price_pence = PoundsField(label=_("Price"), help_text=_("In pounds, such as 45 or 45.50. 0 is free."))
    early_price_pence = PoundsField(label=_("Early price"), required=False, help_text=_("Lower than the price."))

    class Meta(FactsForm.Meta):
        model = TicketType
        fields = (
            *("name", "description", "session", "is_online", "is_hidden", "price_pence", "early_price_pence"),
            *("early_until", "on_sale_from", "on_sale_until", "max_per_order", "sort_order"),
        )
        labels = {"sort_order": _("Place in the list")}
        help_texts = {
            "session": _("Only for a place in a workshop: it is sold beside a main place, not alone."),
            "on_sale_from": _("Empty: as soon as the conference is on sale."),
            "on_sale_until": _("Empty: until booking is closed."),
            "sort_order": _("The lowest number comes first."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workshops = self.conference.sessions.filter(kind=Session.Kind.WORKSHOP)
        self.fields["session"].queryset = workshops  # type: ignore[attr-defined]
        self.quotas = list(self.conference.quotas.all())
        draws = self._draws()
        for quota in self.quotas:
            self.fields[f"quota_{quota.pk}"] = self._weight(quota, draws.get(quota.pk, 0))
        self.groups = (
            (_("What"), ("name", "description", "session", "is_online", "is_hidden", "sort_order")),
            (_("Price"), ("price_pence", "early_price_pence", "early_until")),
            (_("Sale"), ("on_sale_from", "on_sale_until", "max_per_order")),
            (_("What one ticket takes"), tuple(f"quota_{quota.pk}" for quota in self.quotas)),
        )

    def _draws(self) -> dict[int, int]:
        """What one ticket takes so far; of the only quota there is, one."""
        if self.instance.pk:
            return dict(self.instance.type_quotas.values_list("quota_id", "weight"))
        return {self.quotas[0].pk: 1} if len(self.quotas) == 1 else {}

    def _weight(self, quota: Quota, weight: int) -> forms.IntegerField:
        size = _("no limit") if quota.size is None else _("%(n)s in all") % {"n": quota.size}
        return forms.IntegerField(label=f"{quota.name} ({size})", min_value=0, max_value=100, initial=weight)

    @property
    def weights(self) -> dict[int, int]:
        """Units each ticket takes of each quota, where it takes any."""
        found = {quota.pk: self.cleaned_data.get(f"quota_{quota.pk}") or 0 for quota in self.quotas}
        return {pk: weight for pk, weight in found.items() if weight}

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.refuse_twin("name")
        self._clean_early()
        self._clean_sale()
        if not self.weights and self.quotas and not self.errors:
            self.add_error(None, _("Say which room a ticket takes: write 1 beside at least one of the quotas."))
        refuse(self, not self.quotas, "name", _("Make a quota first: a ticket has to take a place somewhere."))
        return self.cleaned_data

    def _clean_early(self) -> None:
        price, early = self.cleaned_data.get("price_pence"), self.cleaned_data.get("early_price_pence")
        until = self.cleaned_data.get("early_until")
        refuse(self, early is not None and until is None, "early_until", _("Say when the early price ends."))
        refuse(self, early is None and until is not None, "early_price_pence", _("Say what the early price is."))
        too_dear = early is not None and price is not None and early >= price
        refuse(self, too_dear, "early_price_pence", _("The early price must be lower than the price."))

    def _clean_sale(self) -> None:
        found = self.cleaned_data
        start, end, most = found.get("on_sale_from"), found.get("on_sale_until"), found.get("max_per_order")
        refuse(self, bool(start and end and start >= end), "on_sale_until", _("The sale ends before it starts."))
        refuse(self, most is not None and most not in IN_ONE_ORDER, "max_per_order", _("Choose between 1 and 100."))


class KeepBackForm(forms.Form):
    """Places kept back by staff."""

    quota = forms.ModelChoiceField(Quota.objects.none(), label=_("From"), empty_label=None)
    units = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000)
    reason = forms.CharField(label=_("For whom"), max_length=200, help_text=_("Such as “Speakers” or “Host’s team”."))

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quota"].queryset = conference.quotas.all()  # type: ignore[attr-defined]
