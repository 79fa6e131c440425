"""What was found on pages when they were last read, and what became of the links on them."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# Not an address of anything: the place of links whose page is gone.
GONE = ""


class PageReading(models.Model):
    """One page as it was when the house last read it; made again whenever it is read."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="page_reading", verbose_name=_("page"))
    read_at = models.DateTimeField(_("read"))
    # Which rules it was read with: when they change, it is read again.
    rules = models.PositiveSmallIntegerField()
    findings = models.JSONField(default=list, blank=True)
    finding_count = models.PositiveSmallIntegerField(_("findings"), default=0)
    word_count = models.PositiveIntegerField(_("words"), default=0)
    reading_age = models.PositiveSmallIntegerField(_("reading age"), null=True, blank=True)
    # Why it could not be read; empty where it could.
    problem = models.CharField(_("could not be read"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reading of a page")
        verbose_name_plural = _("readings of pages")

    def __str__(self) -> str:
        return f"reading of page {self.page_id}"


class LinkCheck(models.Model):
    """An address our pages link to, and what was there when it was last asked for."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("not checked yet")
        WORKS = "works", _("works")
        MOVED = "moved", _("has moved")
        UNSURE = "unsure", _("could not be checked")
        BROKEN = "broken", _("broken")

    # Addresses may be longer than an index takes, so the one of each is kept by its digest.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    address = models.TextField(_("address"), blank=True)
    host = models.CharField(_("site"), max_length=255, blank=True, help_text=_("Empty: this site."))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.WAITING)
    code = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    note = models.CharField(_("what happened"), max_length=250, blank=True)
    moved_to = models.TextField(_("where it is now"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    due_at = models.DateTimeField()
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["due_at"], name="links_to_be_checked")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(checked_at__isnull=False), name="a_checked_link_says_when"
            ),
            models.CheckConstraint(condition=~Q(status="moved") | ~Q(moved_to=""), name="a_moved_link_says_where_to"),
            models.CheckConstraint(
                condition=~Q(status__in=["works", "moved"]) | Q(failing_since=None), name="a_working_link_does_not_fail"
            ),
        ]

    def __str__(self) -> str:
        return self.address or str(_("a page that is gone"))

    @staticmethod
    def digest_of(address: str) -> str:
        """The name an address is kept under."""
        return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


class LinkUse(models.Model):
    """A page that links to an address, with the words it does so with."""

    link = models.ForeignKey(LinkCheck, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="link_uses")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="one_use_of_a_link_a_page")]

    def __str__(self) -> str:
        return f"{self.words} on page {self.page_id}"
