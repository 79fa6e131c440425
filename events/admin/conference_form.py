"""The form with a conference's facts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.admin.facts_form import FactsForm, refuse
from events.models import Conference, ConferenceIndexPage, ConferencePage
from network_site.base.dates import Precision
from network_site.people.models import Organisation

# What people have in their calendars; when one changes, subscribed calendars are told.
IN_CALENDARS = {"title", "mode", "venue", "town", "starts_on", "ends_on", "precision", "opens", "closes"}


# Wagtail's own script writes the address while the title is typed; without it the address is typed as well.
FILLS_THE_ADDRESS = {
    "data-controller": "w-sync",
    "data-action": "focus->w-sync#check blur->w-sync#apply change->w-sync#apply keyup->w-sync#apply",
    "data-w-sync-target-value": "#id_slug",
}
HOLD_MINUTES = range(1, 241)


class ConferenceForm(FactsForm):
    """All facts but the status, which moves with its own buttons."""

    groups = (
        (_("What"), ("title", "slug", "series", "strapline", "partners")),
        (_("Where"), ("mode", "venue", "town")),
        (_("When"), ("starts_on", "ends_on", "precision", "opens", "closes")),
        (_("Booking"), ("hold_minutes",)),
        (_("Afterwards"), ("delegates", "delegates_note", "was_sold_out")),
    )

    class Meta(FactsForm.Meta):
        model = Conference
        fields = (
            *("title", "slug", "series", "strapline", "partners", "mode", "venue", "town"),
            *("starts_on", "ends_on", "precision", "opens", "closes", "hold_minutes"),
            *("delegates", "delegates_note", "was_sold_out"),
        )
        widgets = {"partners": forms.CheckboxSelectMultiple}
        help_texts = {
            "slug": _("The last part of its web address, such as “london-2027”. It is fixed once it is announced."),
            "ends_on": _("Leave empty when it lasts one day."),
            "opens": _("When doors open, such as 9:30."),
            "hold_minutes": _("How long somebody’s places are kept while they fill in names and pay."),
            "delegates": _("How many came, once it is over."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs |= FILLS_THE_ADDRESS
        if not Organisation.objects.exists():
            del self.fields["partners"]
        self.fields["slug"].disabled = bool(self.instance.pk) and self.instance.status != Conference.Status.DRAFT

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = ConferencePage.objects.exclude(conference=self.instance.pk)
        index = ConferenceIndexPage.objects.first()
        if index and others.child_of(index).filter(slug=slug).exists():
            raise forms.ValidationError(_("Another conference’s page has this address. Choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        first, last = found.get("starts_on"), found.get("ends_on")
        refuse(self, bool(first and last and last < first), "ends_on", _("The last day is before the first day."))
        on_sale = self.instance.status == Conference.Status.ON_SALE
        refuse(
            self,
            on_sale and found.get("precision") != Precision.DAY,
            "precision",
            _("It is on sale, so people must know the day. Close booking first."),
        )
        minutes = found.get("hold_minutes")
        refuse(
            self,
            minutes is not None and minutes not in HOLD_MINUTES,
            "hold_minutes",
            _("Choose between 1 and 240 minutes."),
        )
        return found
