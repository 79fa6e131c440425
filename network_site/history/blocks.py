"""A part of the history inside a page."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from network_site.base.blocks.groups import NETWORK
from network_site.history import queries
from network_site.history.drawing import told

MOST = 12


class TimelineSliceBlock(blocks.StructBlock):
    """A few moments on a short thread, such as three milestones of research; they keep up with the history."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    themes = blocks.ListBlock(
        SnippetChooserBlock("history.Theme", label=_("Theme")),
        label=_("Themes"),
        required=False,
        default=[],
        help_text=_("Any of them; none is all of them."),
    )
    era = SnippetChooserBlock("history.Era", label=_("Era"), required=False)
    only_milestones = blocks.BooleanBlock(label=_("Milestones only"), required=False)
    most = blocks.IntegerBlock(
        label=_("How many at most"), min_value=1, max_value=MOST, default=3, help_text=_("The newest are shown.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The moments of the slice, as they are now."""
        themes = [theme.slug for theme in value.get("themes") or () if theme]
        era = value.get("era")
        found = queries.slice_of(
            themes,
            era=era.slug if era else "",
            only_milestones=bool(value.get("only_milestones")),
            most=min(value.get("most") or 1, MOST),
        )
        return {**super().get_context(value, parent_context=parent_context), "moments": told(found)}

    class Meta:
        icon = "history"
        label = _("Part of our history")
        group = NETWORK
        description = _("A few moments of the timeline, by theme and era; they keep up with it.")
        template = "history/blocks/slice.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "How it began",
            "themes": [],
            "era": None,
            "only_milestones": True,
            "most": 3,
        }
