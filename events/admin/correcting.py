"""Putting names and addresses right."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.of_order import OfLine, OfOrder
from events.domain import corrections
from events.models import Order, OrderLine


class BuyerForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who booked."""

    class Meta:
        model = Order
        fields = ("buyer_name", "buyer_email", "organisation")
        labels = {"buyer_name": gettext_lazy("Name"), "buyer_email": gettext_lazy("E-mail address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buyer_name"].required = self.fields["buyer_email"].required = True


class CorrectBuyer(OfOrder):
    """Put right who booked."""

    url_name = "buyer"
    page_title = gettext_lazy("Correct who booked")
    form_class = BuyerForm
    yes = gettext_lazy("Save")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Order.objects.get(pk=self.order.pk)}

    def do(self, form: Any) -> str:
        found = form.cleaned_data
        corrections.correct_buyer(
            self.order,
            name=found["buyer_name"],
            email=found["buyer_email"],
            organisation=found["organisation"],
            by=self.by,
        )
        return _("Saved. Send the confirmation again if the address was wrong.")


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose place it is."""

    class Meta:
        model = OrderLine
        fields = ("attendee_name", "attendee_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendee_name"].required = True


class CorrectPlace(OfLine):
    """Put right a name on a badge."""

    page_title = gettext_lazy("Correct a name")
    form_class = PlaceForm
    yes = gettext_lazy("Save")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": OrderLine.objects.get(pk=self.line.pk)}

    def sentences(self) -> list[str]:
        return [_("The ticket’s code and link stay the same, so tickets that were sent still work at the door.")]

    def do(self, form: Any) -> str:
        found = form.cleaned_data
        corrections.correct_place(self.line, name=found["attendee_name"], email=found["attendee_email"], by=self.by)
        return _("Saved.")
