"""Asking for a date as well as it is known."""

from calendar import monthrange
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from network_site.base.dates import Precision
from network_site.history.cells import written_date
from network_site.history.models import TimelineEvent

FIRST_YEAR, LAST_YEAR = 1000, 9999
# What has to be given for each precision, beside the year.
NEEDED = {
    Precision.DAY: ("day", "month"),
    Precision.MONTH: ("month",),
    Precision.SEASON: ("month",),
    Precision.YEAR: (),
}
INCOMPLETE = {
    Precision.DAY: _("Give the day, the month and the year, or say above that less is known."),
    Precision.MONTH: _("Give the month and the year, or say above that only the year is known."),
    Precision.SEASON: _("Give the year and a month of the season: April for spring, July for summer."),
}


class Parts(NamedTuple):
    """A date as typed."""

    day: int | None
    month: int | None
    year: int | None


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year side by side, each with its label; what is not known stays empty."""

    template_name = "history/editing/parts_of_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        figures = {"inputmode": "numeric", "autocomplete": "off"}
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({**figures, "maxlength": 2}),
            "month": forms.Select(choices=[("", "–"), *MONTHS.items()]),
            "year": forms.TextInput({**figures, "maxlength": 4}),
        }
        super().__init__(parts, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each part with its label."""
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Day"), _("Month"), _("Year")), strict=True):
            part["label"] = label
        return context

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str, index: str = "") -> str:
        """None: the group has a heading, each part a label."""
        return ""


class DatePartsField(forms.MultiValueField):
    """A date with holes; the form closes them, for it knows how much is known."""

    widget = DatePartsWidget

    def __init__(self, **kwargs: Any) -> None:
        figures = _("Write the day as 1 to 31 and the year in four figures.")
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), figures)
        parts = (
            forms.IntegerField(min_value=1, max_value=31, error_messages=wrong),
            forms.TypedChoiceField(choices=[("", "–"), *MONTHS.items()], coerce=int, empty_value=None),
            forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=wrong),
        )
        kwargs.setdefault("error_messages", {"required": _("Give the year, and more where it is known.")})
        super().__init__(parts, require_all_fields=False, **kwargs)
        for part in self.fields:
            part.required = False

    def compress(self, data_list: list[Any]) -> Parts | None:
        found = [part if part not in forms.Field.empty_values else None for part in data_list]
        return Parts(*found) if any(found) else None


def closed(parts: Parts, precision: Precision) -> date:
    """The date with its holes closed: what is not known, and not given to order the moment, is the first.

    Raises:
        ValidationError: something needed is missing, or there is no such day.
    """
    if parts.year is None:
        raise ValidationError(_("Give the year, such as 2016."))
    if any(getattr(parts, name) is None for name in NEEDED[precision]):
        raise ValidationError(INCOMPLETE[precision])
    month = parts.month or 1
    return date(parts.year, month, _day(parts, month, precision) if parts.month else 1)


def _day(parts: Parts, month: int, precision: Precision) -> int:
    """The day, where the month has it; where the day is not known, one that no month has does not matter."""
    day = parts.day or 1
    if day <= monthrange(parts.year or FIRST_YEAR, month)[1]:
        return day
    if precision == Precision.DAY:
        told = {"day": day, "month": MONTHS[month], "year": parts.year}
        raise ValidationError(_("There is no %(day)s %(month)s %(year)s. Correct the day."), params=told)
    return 1


class DatesForm(forms.Form):
    """Everything about when a moment was; `cleaned_data` has whole dates as a moment keeps them."""

    precision = forms.ChoiceField(
        label=_("How much of the date is known?"),
        choices=[
            (Precision.DAY, _("The day, such as 9 March 2016")),
            (Precision.MONTH, _("The month, such as March 2016")),
            (Precision.SEASON, _("The season, such as spring 2016")),
            (Precision.YEAR, _("Only the year, such as 2016")),
        ],
        initial=Precision.DAY,
        widget=forms.RadioSelect,
    )
    starts_on = DatePartsField(
        label=_("Date"),
        help_text=_(
            "Leave empty what is not known. What is given beyond what is known is never shown; "
            "it only orders the moment among others."
        ),
    )
    ends_on = DatePartsField(
        label=_("Last day"),
        required=False,
        help_text=_("Only for what went on for longer, such as a conference of two days."),
    )
    is_circa = forms.BooleanField(label=_("The date is not certain"), required=False)
    when_words = forms.CharField(label=_("Date in your own words"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Close the holes of both dates; the end may not come before the start."""
        super().clean()
        found = self.cleaned_data
        if "precision" not in found:
            return found
        precision = Precision(found["precision"])
        for name in ("starts_on", "ends_on"):
            if isinstance(found.get(name), Parts):
                self._close(name, precision)
        if found.get("starts_on") and found.get("ends_on"):
            self._put_in_order(precision)
        return found

    def _put_in_order(self, precision: Precision) -> None:
        """A last day that says the same as the first is none; one before the first is a mistake."""
        start, end = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        if written_date(start, precision) == written_date(end, precision):
            self.cleaned_data["ends_on"] = None
        elif end < start:
            self.add_error("ends_on", _("The last day comes before the first. Correct one of them."))

    def _close(self, name: str, precision: Precision) -> None:
        try:
            self.cleaned_data[name] = closed(self.cleaned_data[name], precision)
        except ValidationError as error:
            self.add_error(name, error)

    def told(self) -> str:
        """How visitors will read the date, or what is wrong with it."""
        if not self.is_valid():
            return " ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)
        facts = ("starts_on", "ends_on", "precision", "is_circa", "when_words")
        return TimelineEvent(**{name: self.cleaned_data[name] for name in facts}).when
