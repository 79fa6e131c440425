"""How forms are drawn: label, hint, error, control; and the list of what needs help."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, Input, RadioSelect, Widget
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

BARE = {"checkbox", "radio", "range", "color", "hidden"}
# Django's templates that draw an input and nothing else.
INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("text", "email", "number", "url", "search", "tel", "password", "hidden", "checkbox", "input")
)


class HouseRenderer(TemplatesSetting):
    """Forms from the house's own templates; widgets stay Django's, so the admin keeps its look."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """A template's text; Django's own templates of inputs are drawn without reading them."""
        if template_name in INPUTS:
            return house_input(context["widget"])
        return super().render(template_name, context, request)


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where, what it is called, and what is wrong."""

    target: str
    label: str
    message: str

    @property
    def words(self) -> str:
        """What it is called and what is wrong; a label that is a question keeps its mark."""
        joint = " " if self.label.endswith(("?", ":", ".")) else ": "
        return f"{self.label}{joint}{self.message}" if self.label else self.message


def kind(field: BoundField) -> str:
    """How a field is laid out: "check" (one box), "group" (several), or "plain"."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "plain"


def control(field: BoundField) -> SafeString:
    """The field's input, with the house's class added to those its author gave."""
    widget = field.field.widget
    own = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"input {own}".strip()} if _is_boxed(widget) else None)


def _is_boxed(widget: Widget) -> bool:
    return not (isinstance(widget, Input) and widget.input_type in BARE)


def is_optional(field: BoundField) -> bool:
    """Whether its label says "(optional)": never where a form sets `marks_optional = False`, nor on a search."""
    is_search = isinstance(field.field.widget, Input) and field.field.widget.input_type == "search"
    return not field.field.required and not is_search and getattr(field.form, "marks_optional", True)


def first_control(field: BoundField) -> str:
    """The id of the first thing one can put the cursor in."""
    if kind(field) == "group":
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def problems(*sources: BaseForm | BaseFormSet[Any]) -> list[Problem]:
    """Everything that needs help in these forms, in the order in which it is met on the page."""
    return [problem for source in sources for problem in _of_source(source)]


def _of_source(source: BaseForm | BaseFormSet[Any]) -> Iterator[Problem]:
    if isinstance(source, BaseForm):
        yield from _of_form(source)
        return
    yield from (Problem("", "", str(message)) for message in source.non_form_errors())
    for form in source.forms:
        yield from _of_form(form)


def _of_form(form: BaseForm) -> Iterator[Problem]:
    if not form.errors:
        return
    # A form of a formset may say whose it is: "Second person".
    whose = str(getattr(form, "heading", ""))
    yield from (Problem("", whose, str(message)) for message in form.non_field_errors())
    for field in form:
        target = "" if field.is_hidden else first_control(field)
        label = ", ".join(filter(None, [whose, str(field.label)]))
        yield from (Problem(target, label, str(message)) for message in field.errors)


def house_input(widget: dict[str, Any]) -> SafeString:
    """What Django's template of an input draws from the same context."""
    value = SafeString("") if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes(widget["attrs"])
    )


def attributes(attrs: dict[str, Any]) -> SafeString:
    """Attributes as Django's templates draw them: True stands alone, False is left out."""
    return mark_safe(  # noqa: S308  # of escaped parts
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
            for name, value in attrs.items()
            if value is not False
        )
    )
