"""One line above everything, when everybody must know."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from network_site.base.links import safe_address
from network_site.ui.models.links import Link
from network_site.ui.models.previews import FramePreview


@register_setting(icon="warning", order=120)
class Announcement(FramePreview, BaseSiteSetting):
    """A sentence on every page, with one link; off until somebody switches it on, and only in its time.

    It cannot be put away by a reader: that would need a memory, which visitors' browsers are not asked for, and one
    line that scrolls away with the page is in nobody's way.
    """

    class Tone(models.TextChoices):
        NOTICE = "notice", _("Notice")
        URGENT = "urgent", _("Urgent: a change today, a danger")

    is_active = models.BooleanField(_("show it on every page"), default=False)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone.choices, default=Tone.NOTICE)
    text = models.CharField(_("sentence"), max_length=160, blank=True)
    link_text = models.CharField(_("words of the link"), max_length=60, blank=True)
    link_url = models.CharField(
        _("address of the link"),
        max_length=500,
        blank=True,
        validators=[safe_address],
        help_text=_("Such as /conferences/ for a place on this site, or https://example.org/."),
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Empty: at once."))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until you switch it off."))

    panels = [
        FieldPanel("is_active"),
        FieldPanel("tone"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("link_text"), FieldPanel("link_url")]),
        MultiFieldPanel(
            [
                HelpPanel(_("It appears and goes to the minute; nobody has to be awake for it.")),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            ],
            heading=_("Its time"),
        ),
    ]

    class Meta:
        verbose_name = _("announcement")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | ~Q(text=""),
                name="announcement_that_shows_says_something",
                violation_error_message=_("Write the sentence first, or switch the announcement off."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="announcement_ends_after_it_starts",
                violation_error_message=_("It ends before it starts. Change one of the times."),
            ),
            models.CheckConstraint(condition=Q(tone__in=["notice", "urgent"]), name="announcement_tone_is_known"),
        ]

    def link(self) -> Link | None:
        """Where to read more; none unless it has both words and an address."""
        return Link(self.link_text, self.link_url) if self.link_text and self.link_url else None
