"""Money as people type it: pounds in a form, whole pence everywhere else."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network_site.base.money import PENCE_IN_A_POUND, pounds

WRITTEN = re.compile(r"£?(?P<pounds>[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.(?P<pence>[0-9]{2}))?")


class PoundsField(forms.CharField):
    """An amount typed as "45", "45.50", "£45" or "1,200"; cleaned to whole pence, or None where nothing was typed.

    Args:
        most: the largest amount in pence that is taken.
    """

    default_error_messages = {
        "nonsense": _("Write the amount in pounds, such as 45 or 45.50."),
        "too_much": _("That is more than %(most)s. Write the amount in pounds, not in pence."),
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, most: int = 10_000_00, **kwargs: Any) -> None:
        self.most = most
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        typed = str(super().to_python(value) or "").replace(" ", "").replace("\u00a0", "")
        if not typed:
            return None
        found = WRITTEN.fullmatch(typed)
        if not found:
            raise ValidationError(self.error_messages["nonsense"], code="nonsense")
        return int(found["pounds"].replace(",", "")) * PENCE_IN_A_POUND + int(found["pence"] or 0)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > self.most:
            raise ValidationError(
                self.error_messages["too_much"], code="too_much", params={"most": pounds(self.most, exact=True)}
            )

    def run_validators(self, value: Any) -> None:
        """A number of pence has no length; CharField's validators count characters."""

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def written(pence: int) -> str:
    """An amount as the field takes it back: 4500 is "45", 4550 is "45.50"."""
    whole, rest = divmod(pence, PENCE_IN_A_POUND)
    return f"{whole}.{rest:02}" if rest else str(whole)
