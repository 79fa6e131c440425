"""The small blocks the home page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

KINDS = {
    "guide": _("Guide"),
    "news": _("News"),
    "course": _("Course"),
    "conference": _("Conference"),
    "newsletter": _("Newsletter"),
    "research": _("Research"),
    "awards": _("Awards"),
    "history": _("History"),
}


class EntryBlock(blocks.StructBlock):
    """Something to read: a page, and what kind of thing it is."""

    page = blocks.PageChooserBlock(label=_("Page"))
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=list(KINDS.items()),
        default="guide",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, help_text=_("Empty: the page’s."))
    text = blocks.TextBlock(label=_("Text"), required=False, help_text=_("Empty: the page’s summary."))

    class Meta:
        icon = "doc-full"
        label = _("Something to read")
