"""What the page of patterns shows: a form in trouble, numbers at their extremes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.ui.icons import ICONS

COLOURS = [
    ("paper", _("ground")),
    ("surface", _("what one fills in or pays")),
    ("ink", _("words")),
    ("muted", _("second words, controls")),
    ("teal", _("thread, links, action")),
    ("madder", _("sold out, errors")),
    ("ochre", _("awards, focus")),
    ("sage", _("research")),
    ("indigo", _("time, newsletter")),
    ("line", _("decoration only")),
]
ROOMS = [(0, 50), (12, 50), (47, 50), (49, 50), (50, 50), (0, 1), (1, 1), (300, 400), (1, 300), (0, 0)]
HOLD = timedelta(minutes=35)
STEPS = [[_("Places"), _("Names"), _("Pay")], [_("Places"), _("Names"), _("Invoice or card"), _("Check and pay")]]


class Specimen(forms.Form):
    """A form with one of every kind of field."""

    name = forms.CharField(label=_("Your name"), help_text=_("As it should stand on the badge."), max_length=120)
    email = forms.EmailField(label=_("Email address"))
    work = forms.ChoiceField(label=_("Your work"), choices=[("link", _("Link worker")), ("care", _("Clinician"))])
    needs = forms.CharField(
        label=_("Anything we should know to make the day work"),
        help_text=_("For example food, access or a companion. Only the organisers read this."),
        widget=forms.Textarea,
        required=False,
    )
    how = forms.ChoiceField(
        label=_("How will you join?"),
        choices=[("leeds", _("In Leeds")), ("online", _("Online"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Send me"),
        choices=[("news", _("The newsletter, monthly")), ("events", _("News of conferences"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label=_("I may be in photographs of the day"))


def context() -> dict[str, Any]:
    """Everything the template draws."""
    typed = {"wrong-name": "Amira Demonstration", "wrong-email": "amira.example.org", "wrong-work": "link"}
    return {
        "right": Specimen(initial={"how": "leeds", "topics": ["news"]}, prefix="right"),
        "wrong": Specimen(typed, prefix="wrong"),
        "colours": COLOURS,
        "rooms": ROOMS,
        "steps": STEPS,
        "icons": list(ICONS),
        "schemes": ["light", "dark"],
        "hold_until": timezone.now() + HOLD,
    }
