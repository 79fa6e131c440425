"""The foot of every page."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from network_site.base.links import LinkBlock
from network_site.ui.models.links import Link, drawn
from network_site.ui.models.previews import FramePreview

MOST = 4


class ColumnBlock(blocks.StructBlock):
    """A heading and the links under it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Column")


@dataclass(frozen=True)
class Column:
    """A footer column as a template draws it."""

    heading: str
    links: tuple[Link, ...]


@register_setting(icon="list-ul", order=110)
class Footer(FramePreview, BaseSiteSetting):
    """Columns of links and a line of small print."""

    columns = StreamField([("column", ColumnBlock())], verbose_name=_("columns"), blank=True, max_num=MOST)
    small_print = models.CharField(
        _("small print"),
        max_length=300,
        blank=True,
        help_text=_("One line at the very end, such as who runs this site."),
    )

    panels = [FieldPanel("columns"), FieldPanel("small_print")]

    class Meta:
        verbose_name = _("footer")

    def drawn(self) -> tuple[Column, ...]:
        """The columns that have at least one link that leads somewhere."""
        columns = [Column(block.value["heading"], drawn(block.value["links"])) for block in self.columns]
        return tuple(column for column in columns if column.links)
