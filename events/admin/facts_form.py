"""A model form that writes only the columns it shows, so that it never undoes what a verb did meanwhile."""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import formfield_for_dbfield


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """`groups` says how the fields are drawn: a heading and the names under it."""

    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    class Meta:
        formfield_callback = formfield_for_dbfield

    def panels(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The headings with their fields, for the template."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.groups]

    def save(self, commit: bool = True) -> Any:
        """Insert a new row whole; of an old one write the edited columns only."""
        if self.instance.pk is None:
            return super().save()
        self.instance.save(update_fields=self._edited_columns())
        self._save_m2m()  # type: ignore[attr-defined]
        return self.instance

    def _edited_columns(self) -> list[str]:
        own = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.changed_data if name in own]


def refuse(form: forms.BaseForm, wrong: bool, field: str, sentence: Any) -> None:
    """Put the sentence beside the field where something is wrong and nothing else is yet."""
    if wrong and field not in form.errors:
        form.add_error(field, sentence)


def in_words(value: object) -> object:
    """A cleaned value as the audit trail keeps it."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet):
        return [str(one) for one in value]
    return value if isinstance(value, int | str | None) else str(value)


def changes(form: forms.BaseForm) -> dict[str, object]:
    """What a form changed, for the audit trail: each field's new value."""
    return {name: in_words(form.cleaned_data.get(name)) for name in form.changed_data}
