"""A conference: its facts. Its words live on its page."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.base.dates import Precision, machine, when


class Conference(models.Model):
    """What is true of a conference whatever its page says; unlike a page it has no drafts."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIRTUAL = "virtual", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Not announced")
        ANNOUNCED = "announced", _("Announced")
        ON_SALE = "on_sale", _("On sale")
        CLOSED = "closed", _("Booking closed")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    ALLOWED = {
        Status.DRAFT: {Status.ANNOUNCED, Status.ON_SALE, Status.CANCELLED},
        Status.ANNOUNCED: {Status.DRAFT, Status.ON_SALE, Status.CLOSED, Status.POSTPONED, Status.CANCELLED},
        Status.ON_SALE: {Status.CLOSED, Status.POSTPONED, Status.CANCELLED},
        Status.CLOSED: {Status.ON_SALE, Status.POSTPONED, Status.CANCELLED},
        Status.POSTPONED: {Status.ANNOUNCED, Status.ON_SALE, Status.CANCELLED},
        Status.CANCELLED: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True, help_text=_("The last part of its web address."))
    series = models.CharField(
        _("series"), max_length=150, blank=True, help_text=_("Such as “5th International Conference”.")
    )
    title = models.CharField(_("title"), max_length=120)
    strapline = models.CharField(_("strapline"), max_length=250, blank=True)
    mode = models.CharField(_("how people take part"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("how much of the date is known"), max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    opens = models.TimeField(_("starts at"), null=True, blank=True)
    closes = models.TimeField(_("ends at"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    currency = models.CharField(max_length=3, default="GBP", editable=False)
    hold_minutes = models.PositiveSmallIntegerField(_("minutes places are held"), default=35)
    partners = models.ManyToManyField("people.Organisation", verbose_name=_("partners"), blank=True, related_name="+")
    delegates = models.PositiveIntegerField(_("delegates who came"), null=True, blank=True)
    delegates_note = models.CharField(
        _("delegates in words"), max_length=80, blank=True, help_text=_("Such as “over 1,000”.")
    )
    was_sold_out = models.BooleanField(_("was sold out"), default=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="conference_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(status="on_sale") | Q(precision="day"), name="only_a_known_day_is_sold"
            ),
            models.CheckConstraint(
                condition=Q(hold_minutes__gte=1) & Q(hold_minutes__lte=240), name="hold_is_minutes_not_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/conferences/{self.slug}/"

    @property
    def when(self) -> str:
        """The dates in words, no finer than they are known."""
        return when(self.starts_on, self.ends_on, precision=self.precision)

    @property
    def when_long(self) -> str:
        """The dates in words with days of the week."""
        return when(self.starts_on, self.ends_on, precision=self.precision, weekday=True)

    @property
    def starts_machine(self) -> str:
        """The first day for a `datetime` attribute."""
        return machine(self.starts_on, self.precision)

    @property
    def last_day(self) -> date:
        """The last day; the first where there is only one."""
        return self.ends_on or self.starts_on

    @property
    def where(self) -> str:
        """Where it is in one line."""
        place = ", ".join(part for part in (self.venue, self.town) if part)
        if self.mode == self.Mode.VIRTUAL:
            return str(_("Online"))
        return str(_("%(place)s, and online") % {"place": place}) if self.mode == self.Mode.HYBRID else place


class Session(models.Model):
    """One line of a programme."""

    class Kind(models.TextChoices):
        TALK = "talk", _("Talk")
        WORKSHOP = "workshop", _("Workshop")
        BREAK = "break", _("Break")
        AWARDS = "awards", _("Awards")

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("in one or two sentences"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TALK)
    is_highlight = models.BooleanField(_("highlight"), default=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title
