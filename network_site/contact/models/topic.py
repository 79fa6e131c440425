"""What people write to us about, and who gets it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.base.links import safe_address
from network_site.ui.models.links import Link


class ContactTopicQuerySet(models.QuerySet["ContactTopic"]):
    """Topics, asked in the room's words."""

    def offered(self) -> "ContactTopicQuerySet":
        """Those a visitor may choose, with the page each may point to."""
        return self.filter(is_offered=True).select_related("help_page")


class ContactTopic(models.Model):
    """One choice on the contact form. A row and no part of the page: no old draft brings an old address back."""

    label = models.CharField(
        _("what it is about"), max_length=80, unique=True, help_text=_("Such as “A conference or a booking”.")
    )
    email = models.EmailField(
        _("goes to this address"), blank=True, help_text=_("One address; or choose a group of editors instead.")
    )
    group = models.ForeignKey(
        "auth.Group",
        verbose_name=_("or to everybody in this group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("With neither, the message goes to the network’s own address."),
    )
    answer_time = models.CharField(
        _("when we answer"), max_length=60, blank=True, help_text=_("In words: “within two working days”.")
    )
    help_words = models.CharField(
        _("where the answer may be already"),
        max_length=200,
        blank=True,
        help_text=_("Shown when the topic is chosen, before the link: “Tickets can be changed without us.”"),
    )
    help_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that may have the answer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    help_url = models.CharField(
        _("or its address"),
        max_length=500,
        blank=True,
        validators=[safe_address],
        help_text=_("Such as /conferences/ for a place on this site, or https://example.org/."),
    )
    is_offered = models.BooleanField(_("can be chosen"), default=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    objects = ContactTopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("contact topic")
        verbose_name_plural = _("contact topics")
        constraints = [
            models.CheckConstraint(
                condition=Q(email="") | Q(group=None),
                name="contact_topic_goes_to_one_place",
                violation_error_message=_("Give an address or choose a group, not both."),
            ),
            models.CheckConstraint(
                condition=Q(help_url="") | Q(help_page=None),
                name="contact_topic_points_to_one_place",
                violation_error_message=_("Choose a page or give an address, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def help_link(self) -> Link | None:
        """Where the answer may be already; nothing while its page is not published."""
        if self.help_page:
            return Link(str(self.help_page.title), str(self.help_page.url or "")) if self.help_page.live else None
        return Link(self.help_url.removeprefix("https://"), self.help_url) if self.help_url else None
