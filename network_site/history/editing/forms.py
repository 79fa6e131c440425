"""The form with a moment."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from network_site.history.editing.dates import DatesForm
from network_site.history.editing.ties import next_place
from network_site.history.models import TimelineEvent

SLUG_LENGTH = 80


def free_slug(title: str, *, besides: int | None) -> str:
    """An address made from the title that no other moment has.

    Args:
        title: what it is made from; "moment" where nothing is left of it.
        besides: the key of the moment it is for.
    """
    base = slugify(title)[: SLUG_LENGTH - 4].strip("-") or "moment"
    taken = set(TimelineEvent.objects.filter(slug__startswith=base).exclude(pk=besides).values_list("slug", flat=True))
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


class MomentForm(DatesForm, WagtailAdminModelForm):
    """A moment: its address is made from its title and stays once visitors have seen it."""

    class Media:
        js = [forms.Script("history/editing.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = _("The end of the moment’s web address. Empty: it is made from the title.")
        if self.instance.first_published_at:
            slug.disabled = True
            slug.help_text = _("Kept as it is: the moment was published, and links to it shall go on working.")

    def clean_slug(self) -> str:
        """The address typed, or one made from the title."""
        given, title = self.cleaned_data.get("slug", ""), self.cleaned_data.get("title", "")
        return given or free_slug(title, besides=self.instance.pk)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After saving in the background the form shows the address that was made."""
        return [*super().get_field_updates_for_resave(), ("slug", self.instance.slug)]

    def _post_clean(self) -> None:
        """A draft may leave the picture’s text alternative open; publishing may not."""
        was_given = "alt" in self.cleaned_data
        super()._post_clean()
        if self.is_deferred_validation and was_given and "alt" in self.errors:
            del self.errors["alt"]

    def save(self, commit: bool = True) -> TimelineEvent:
        """A new moment comes after the others of its date."""
        if self.instance.pk is None:
            self.instance.tie_order = next_place(self.instance.starts_on)
        return super().save(commit=commit)


class GroupingForm(WagtailAdminModelForm):
    """An era or a theme: its address is made from its name where none is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """An empty address is made from the name."""
        super().clean()
        found = self.cleaned_data
        if not found.get("slug") and "slug" not in self.errors:
            found["slug"] = slugify(found.get("title") or found.get("name") or "")[:60] or "part"
        return found
