"""A field as the house draws it: label, hint, error, control. In Python: forms are most of a purchase."""

from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network_site.ui import forms

NOTHING = SafeString("")


def house_field(field: BoundField) -> SafeString:
    """A whole field, laid out by its kind."""
    kind = forms.kind(field)
    if kind == "check":
        return _check(field)
    if kind == "group" or field.use_fieldset:
        return _fieldset(field, _choices(field) if kind == "group" else _row(field))
    name = field.id_for_label
    says = format_html("<label{}>{}</label>", _attribute("for", name), _label(field)) if field.label else NOTHING
    return format_html("<div{}>{}{}{}</div>", _classes(field), says, told(field), forms.control(field))


def _check(field: BoundField) -> SafeString:
    box = format_html(
        '<label class="check" for="{}">{}<span>{}</span></label>',
        field.id_for_label,
        forms.control(field),
        field.label,
    )
    return format_html("<div{}>{}{}</div>", _classes(field), box, told(field))


def _fieldset(field: BoundField, inner: SafeString) -> SafeString:
    described = _attribute("aria-describedby", field.aria_describedby)
    start = format_html("<fieldset{}{}><legend>{}</legend>", _classes(field), described, _label(field))
    return format_html("{}{}{}</fieldset>", start, told(field), inner)


def _row(field: BoundField) -> SafeString:
    return format_html('<div class="row">{}</div>', forms.control(field))


def _choices(field: BoundField) -> SafeString:
    return format_html_join(
        "",
        '<label class="check" for="{}">{}<span>{}</span></label>',
        ((choice.id_for_label, choice.tag(), choice.choice_label) for choice in field.subwidgets),
    )


def _classes(field: BoundField) -> SafeString:
    names = ["field", "has-error" if field.errors else "", field.css_classes()]
    return _attribute("class", " ".join(filter(None, names)))


def _label(field: BoundField) -> SafeString:
    if not forms.is_optional(field):
        return conditional_escape(field.label)
    return format_html('{} <span class="optional">{}</span>', field.label, _("(optional)"))


def told(field: BoundField) -> SafeString:
    """The hint and what is wrong, each where the control's description points."""
    hint, wrong = NOTHING, NOTHING
    if field.help_text:
        name = _attribute("id", field.auto_id and f"{field.auto_id}_helptext")
        hint = format_html('<p class="hint"{}>{}</p>', name, mark_safe(field.help_text))  # noqa: S308  # the form's author wrote it
    if field.errors:
        name = _attribute("id", field.auto_id and f"{field.auto_id}_error")
        words = format_html_join(" ", "{}", ((error,) for error in field.errors))
        wrong = format_html('<p class="error"{}>{}</p>', name, words)
    return hint + wrong


def _attribute(name: str, value: str | None) -> SafeString:
    return format_html(' {}="{}"', name, value) if value else NOTHING
