"""Words written once and shown on several pages."""

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page, PreviewableMixin

from network_site.base.links import safe_address


class Callout(PreviewableMixin, models.Model):
    """A few words set apart, and perhaps where they lead; whoever changes it changes every page that shows it."""

    class Tone(models.TextChoices):
        NOTE = "note", _("Note")
        OK = "ok", _("Good news")
        WARN = "warn", _("Take care")

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("For editors: what it is about."))
    tone = models.CharField(_("tone"), max_length=4, choices=Tone.choices, default=Tone.NOTE)
    heading = models.CharField(_("heading"), max_length=120)
    text = RichTextField(_("text"), features=["bold", "italic"], blank=True)
    link_words = models.CharField(_("words of the link"), max_length=120, blank=True)
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page it leads to"),
    )
    url = models.CharField(_("or an address"), max_length=500, blank=True, validators=[safe_address])

    class Meta:
        ordering = ["name"]
        verbose_name = _("callout")
        verbose_name_plural = _("callouts")
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None) | Q(url=""),
                name="callout_leads_to_one_place",
                violation_error_message=_("Choose a page or an address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(url="") | ~Q(link_words=""),
                name="callout_link_has_words",
                violation_error_message=_("Say what the link leads to."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it leads; empty where it leads nowhere, or its page is not published."""
        if self.page:
            return str(self.page.url or "") if self.page.live else ""
        return self.url

    @property
    def words(self) -> str:
        """What the link says: its own words, or the page's title."""
        return str(self.link_words or (self.page.title if self.page else ""))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pages/callout_preview.html"
