"""What a visitor may answer on the practice page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoiceForm(forms.Form):
    """Pay, have the card declined, or leave without paying."""

    choice = forms.ChoiceField(
        choices=[("pay", _("Pay")), ("decline", _("Decline")), ("abandon", _("Leave"))],
        error_messages={
            "required": _("Choose one of the three buttons. Nothing was taken."),
            "invalid_choice": _("Choose one of the three buttons. Nothing was taken."),
        },
    )
