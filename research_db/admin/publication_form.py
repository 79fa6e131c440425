"""The form with a publication, laid out as editors work: what it is, who made it, where it came out."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
)

from research_db import crossref
from research_db.admin.terms_field import TermsField
from research_db.models.numbers import without_address


class PastedNumber(forms.TextInput):
    """A number of a fixed length that may be pasted with the address it stood in."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As many signs as an address has."""
        return {name: value for name, value in super().build_attrs(*args, **kwargs).items() if name != "maxlength"}

    def value_from_datadict(self, *args: Any) -> str:
        """The number alone."""
        return without_address(super().value_from_datadict(*args) or "")


class DoiPanel(Panel):
    """The way to fill the form from a DOI, or why there is none."""

    class BoundPanel(Panel.BoundPanel):
        """For one publication, or for a new one."""

        template_name = "research_db/admin/doi_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Whether the site may ask, and where."""
            number = self.instance.pk
            name, args = ("look_up", [number]) if number else ("begin", [])
            where = {"is_on": crossref.is_on(), "url": reverse(f"research_publications:{name}", args=args)}
            return {**super().get_context_data(parent_context), **where}


class PublicationForm(WagtailAdminModelForm):
    """A publication; its printed keywords are a line each."""

    terms = TermsField(required=False, label=_("Terms"))
    keywords = forms.CharField(
        label=_("Keywords as printed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. They are searched; the terms above are what the lists are narrowed by."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].show_trees()
        self.initial["keywords"] = "\n".join(self.instance.keywords)

    def clean_keywords(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["keywords"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """A publication is not tied to itself; what a row belongs to, only the whole form knows."""
        for row in self.formsets["relations"].forms:
            if self.instance.pk and row.is_valid() and row.cleaned_data.get("other") == self.instance:
                row.add_error("other", _("This is the publication itself. Choose another."))
        cleaned: dict[str, Any] = super().clean()
        return cleaned


PANELS = [
    DoiPanel(heading=_("From a DOI")),
    MultiFieldPanel([FieldPanel("kind"), FieldPanel("title")], heading=_("What it is")),
    InlinePanel(
        "contributions",
        heading=_("Who made it"),
        label=_("contributor"),
        panels=[
            FieldPanel("role"),
            FieldRowPanel([FieldPanel("given"), FieldPanel("family"), FieldPanel("suffix")]),
            FieldPanel("literal"),
            FieldPanel("orcid", widget=PastedNumber),
            FieldPanel("person"),
        ],
    ),
    MultiFieldPanel(
        [
            FieldPanel("source"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("month"), FieldPanel("day")]),
            FieldRowPanel(
                [FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages"), FieldPanel("article_number")]
            ),
            FieldRowPanel([FieldPanel("publisher"), FieldPanel("place"), FieldPanel("edition")]),
            FieldPanel("language"),
        ],
        heading=_("Where it came out"),
    ),
    MultiFieldPanel(
        [
            InlinePanel("identifiers", heading=_("Numbers"), label=_("number")),
            FieldPanel("url"),
            FieldPanel("open_access"),
            FieldPanel("open_access_url"),
            FieldPanel("licence"),
        ],
        heading=_("Numbers and addresses"),
    ),
    MultiFieldPanel([FieldPanel("terms"), FieldPanel("keywords")], heading=_("What it is about")),
    MultiFieldPanel([FieldPanel("plain_summary"), FieldPanel("abstract")], heading=_("Summary")),
    MultiFieldPanel(
        [
            InlinePanel("notices", heading=_("Notices"), label=_("notice")),
            InlinePanel("appraisals", heading=_("Appraisals"), label=_("appraisal")),
            InlinePanel("relations", heading=_("Other publications"), label=_("relation")),
        ],
        heading=_("How it stands"),
    ),
    FieldPanel("notes"),
    PublishingPanel(),
]
EDIT_HANDLER = ObjectList(PANELS, base_form_class=PublicationForm)
