"""What visitors fill in: how many places, who buys, and who comes."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.domain.availability import Offer, OfferState
from events.domain.errors import SoldOut
from events.models import OrderLine
from network_site.ui.forms import attributes

PREFIX = "places-"
FIT_PREFIX = "fit-"
# An answer that needs no explaining: a ticket type we could have, and a number we could sell.
PLAIN = re.compile(r"places-[0-9]{1,9}=[0-9]{1,3}", re.ASCII)
# Above this many a list is longer than typing a number.
LONGEST_LIST = 10
NUMBERS = [str(number) for number in range(LONGEST_LIST + 1)]
OF_A_BOX = {"min", "max", "inputmode", "autocomplete"}
EMAIL_ERROR = _("Write an e-mail address such as name@example.org.")


class PlacesInput(forms.NumberInput):
    """A short list of numbers, or a box to type one; a box as well when what was sent is not on the list."""

    def __init__(self, *, most: int, is_place: bool) -> None:
        counted = {"data-places": ""} if is_place else {}
        super().__init__(attrs={"min": 0, "max": most, "inputmode": "numeric", "autocomplete": "off", **counted})
        self.most = most

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = str(value if value not in {None, ""} else 0)
        if self.most > LONGEST_LIST or chosen not in NUMBERS[: self.most + 1]:
            return super().render(name, value, attrs, renderer)
        given = self.build_attrs(self.attrs, attrs)
        kept = {key: given[key] for key in given if key not in OF_A_BOX}
        return format_html('<select name="{}"{}>{}</select>', name, attributes(kept), _options(self.most, chosen))


@cache
def _options(most: int, chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((number, SafeString(" selected" if number == chosen else ""), number) for number in NUMBERS[: most + 1]),
    )


class PlacesField(forms.IntegerField):
    """How many places of one kind."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        messages = {"invalid": _("Write a whole number, such as 2.")}
        super().__init__(
            label=offer.ticket_type.name,
            required=False,
            widget=PlacesInput(most=offer.most, is_place=not offer.ticket_type.is_addon),
            error_messages=messages,
        )

    def clean(self, value: Any) -> int:
        number = super().clean(str(value)[:20] if value is not None else None) or 0
        if number < 0:
            raise forms.ValidationError(_("Choose 0 or more."))
        if number > self.offer.most:
            raise forms.ValidationError(too_many(self.offer))
        return int(number)


def too_many(offer: Offer) -> str:
    """Why more than `offer.most` cannot be had, and what can."""
    if offer.state == OfferState.SOLD_OUT:
        return gettext("This is sold out. Choose 0.")
    if offer.state != OfferState.ON_SALE:
        return gettext("This cannot be booked now. Choose 0.")
    if offer.left is not None and offer.left <= offer.most:
        return ngettext(
            "Only %(n)s is left. Choose %(n)s or 0.", "Only %(n)s are left. Choose %(n)s or fewer.", offer.most
        ) % {"n": offer.most}
    return ngettext(
        "You can book %(n)s of these at a time. For more, make another booking or write to us.",
        "You can book up to %(n)s of these at a time. For more, make another booking or write to us.",
        offer.most,
    ) % {"n": offer.most}


class PlacesForm(forms.Form):
    """How many places of each kind; `fits` says how many can be had where too many were asked for."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(_with_fits(data) if data is not None else None, **kwargs)
        self.offers = list(offers)
        self.fits: dict[int, int] = {}
        for offer in self.offers:
            self.fields[f"{PREFIX}{offer.ticket_type.pk}"] = PlacesField(offer)

    @property
    def choices(self) -> dict[int, int]:
        """Ticket type pk to number, for the verb."""
        return {int(name.removeprefix(PREFIX)): number for name, number in self.cleaned_data.items() if number}

    def clean(self) -> dict[str, Any]:
        unknown = [name for name in self.data if name.startswith(PREFIX) and name not in self.fields]
        if any(self.data[name] not in {"", "0"} for name in unknown):
            raise forms.ValidationError(_("One of the tickets you chose is not sold here. Choose from the list below."))
        if not self.errors and not self.choices:
            raise forms.ValidationError(_("Choose at least one place."))
        self._note_fits()
        return self.cleaned_data

    def refuse(self, error: Exception) -> None:
        """Show why the verb said no, beside the ticket it is about where there is one."""
        name = f"{PREFIX}{error.ticket_type.pk}" if isinstance(error, SoldOut) else ""
        if isinstance(error, SoldOut) and name in self.fields:
            self.fits[error.ticket_type.pk] = error.fits
        self.add_error(name if name in self.fields else None, str(error))

    def _note_fits(self) -> None:
        for offer in self.offers:
            if f"{PREFIX}{offer.ticket_type.pk}" in self.errors and offer.most:
                self.fits[offer.ticket_type.pk] = offer.most


def plain_choices(data: Mapping[str, Any]) -> dict[int, int]:
    """What was chosen where every answer is a plain number: ticket type pk to number; empty where one is not.

    The verb proves such a choice without the panel being read first.
    """
    answers = {name: str(value).strip() or "0" for name, value in _with_fits(data).items() if name.startswith(PREFIX)}
    if not all(PLAIN.fullmatch(f"{name}={value}") for name, value in answers.items()):
        return {}
    return {int(name.removeprefix(PREFIX)): int(value) for name, value in answers.items() if int(value)}


def _with_fits(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A press on "Book 3 instead" sends `fit-7=3`: it stands for `places-7=3`."""
    fits = {name: data[name] for name in data if name.startswith(FIT_PREFIX)}
    if not fits:
        return data
    changed = {name: data[name] for name in data if name not in fits}
    return {**changed, **{PREFIX + name.removeprefix(FIT_PREFIX): value for name, value in fits.items()}}


class LineField(forms.CharField):
    """One line of text: every run of white space is one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class PersonForm(forms.Form):
    """A name and an address for one place; both may wait."""

    marks_optional = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, line: OrderLine, heading: str) -> None:
        initial = {"name": line.attendee_name, "email": line.attendee_email}
        super().__init__(data, prefix=f"place-{line.number}", initial=initial)
        self.line = line
        self.heading = heading
        self.fields["name"] = LineField(
            label=_("Name on the badge"),
            max_length=150,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["email"] = _email(label=_("E-mail address"), required=False, autocomplete="off")


class People:
    """A form for each place; where the first person is the buyer, their boxes are not read."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, lines: Sequence[OrderLine], is_first_known: bool = False
    ) -> None:
        self.is_first_known = is_first_known and data is not None
        self.forms = [
            PersonForm({} if self.is_first_known and not index else data, line=line, heading=ordinal(index))
            for index, line in enumerate(lines)
        ]

    def is_valid(self) -> bool:
        """Whether every form is, with all their errors found."""
        answers = [form.is_valid() for form in self.forms]
        return all(answers)

    def non_form_errors(self) -> list[str]:
        """None: every error here belongs to a person."""
        return []

    def attendees(self, *, first: tuple[str, str] = ("", "")) -> dict[int, tuple[str, str]]:
        """Line number to name and address, for the verb; `first` is who the first person is, where that is known."""
        found = {form.line.number: (form.cleaned_data["name"], form.cleaned_data["email"]) for form in self.forms}
        return {**found, self.forms[0].line.number: first} if self.is_first_known else found


def ordinal(index: int) -> str:
    """What the place at `index` is called on its form."""
    words = [_("First person"), _("Second person"), _("Third person"), _("Fourth person"), _("Fifth person")]
    return str(words[index] if index < len(words) else _("Person %(n)s") % {"n": index + 1})


class BuyerForm(forms.Form):
    """Who buys."""

    buyer_name = LineField(
        label=_("Your name"),
        max_length=150,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    buyer_email = forms.EmailField()
    organisation = LineField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    is_me = forms.BooleanField(label=_("This is me"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["buyer_email"] = _email(
            label=_("Your e-mail address"), help_text=_("Your tickets come here."), required=True, autocomplete="email"
        )

    @property
    def person(self) -> tuple[str, str]:
        """The buyer as a person who comes."""
        return self.cleaned_data["buyer_name"], self.cleaned_data["buyer_email"]


class AddressField(forms.EmailField):
    """An e-mail address; what is wrong with it is said in its own sentence."""

    def clean(self, value: Any) -> str:
        text = self.to_python(value)
        if text and "@" not in text:
            raise forms.ValidationError(_("The address has no @ sign. It should look like name@example.org."))
        return str(super().clean(value))


def _email(*, label: Any, required: bool, autocomplete: str, **more: Any) -> AddressField:
    messages = {"required": _("Write your e-mail address: your tickets come there."), "invalid": EMAIL_ERROR}
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return AddressField(label=label, required=required, error_messages=messages, widget=widget, max_length=254, **more)
