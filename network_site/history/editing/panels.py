"""How the form with a moment is laid out."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TitleFieldPanel,
)

from network_site.history.editing.checks import notes, titles_besides
from network_site.history.editing.forms import MomentForm


class StableTitlePanel(TitleFieldPanel):
    """A title that fills the address while it is typed, until the moment was published."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            """Whether the address still follows the title."""
            return super().get_should_apply() and not self.instance.first_published_at


class ReadsAsPanel(Panel):
    """How visitors will read the date, kept up to date while it is typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "history/editing/reads_as.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            when = self.instance.when if self.instance.starts_on else ""
            return {**super().get_context_data(parent_context), "when": when, "url": reverse("history_moments:dates")}


class BeforeYouPublishPanel(Panel):
    """What the moment still needs; notes that stop nobody."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "history/editing/before_you_publish.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), **before_you_publish(self.instance)}


def before_you_publish(event: Any) -> dict[str, Any]:
    """Whether the moment was saved at all, and its notes."""
    if event.pk is None:
        return {"is_saved": False, "notes": []}
    today = timezone.localdate()
    return {"is_saved": True, "notes": notes(event, today=today, titles=titles_besides(event))}


PANELS = [
    MultiFieldPanel(
        [
            StableTitlePanel(
                "title", required_on_save=True, placeholder=False, help_text=_("Such as “The first conference”.")
            ),
            FieldPanel("summary"),
            FieldPanel("slug"),
        ],
        heading=_("What"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("precision"),
            FieldPanel("starts_on"),
            FieldPanel("ends_on"),
            ReadsAsPanel(),
            FieldPanel("is_circa", help_text=_("It is then shown as “About …”.")),
            FieldPanel("when_words", help_text=_("In place of the date, such as “Before the network was founded”.")),
        ],
        heading=_("When"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("era", widget=forms.RadioSelect),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            FieldPanel("is_milestone"),
            FieldPanel("is_around_us"),
            FieldPanel("conference"),
            FieldPanel("people", widget=forms.CheckboxSelectMultiple, classname="history-many"),
        ],
        heading=_("Where it belongs"),
    ),
    MultipleChooserPanel(
        "tied_publications",
        chooser_field_name="publication",
        heading=_("In the research database"),
        label=_("publication"),
        panels=[FieldPanel("publication")],
    ),
    MultiFieldPanel(
        [FieldPanel("is_sold_out"), FieldPanel("delegates"), FieldPanel("delegates_words")],
        heading=_("Figures"),
        help_text=_(
            "For conferences. The number sizes the loop in the thread; the words are shown where they say more."
        ),
    ),
    MultiFieldPanel([FieldPanel("image"), FieldPanel("alt"), FieldPanel("is_decorative")], heading=_("Picture")),
    FieldPanel("links", heading=_("Links")),
    BeforeYouPublishPanel(heading=_("Before you publish"), attrs={"id": "before-you-publish"}),
    PublishingPanel(),
]
EDIT_HANDLER = ObjectList(PANELS, base_form_class=MomentForm)
