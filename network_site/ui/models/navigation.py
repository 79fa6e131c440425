"""The main navigation."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from network_site.base.links import LinkBlock
from network_site.ui.models.links import Link, drawn
from network_site.ui.models.previews import FramePreview

MOST = 7


@register_setting(icon="bars", order=100)
class Navigation(FramePreview, BaseSiteSetting):
    """The links at the top of every page: few enough to read in one line."""

    items = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links"),
        blank=True,
        max_num=MOST,
        help_text=_("At most seven. While there are none, the pages marked “show in menus” are used."),
    )

    panels = [FieldPanel("items")]

    class Meta:
        verbose_name = _("navigation")

    def drawn(self) -> tuple[Link, ...]:
        """The links that lead somewhere."""
        return drawn(block.value for block in self.items)
