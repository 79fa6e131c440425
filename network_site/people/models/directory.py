"""People and organisations the site writes about; they need no account."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin

from network_site.people.slugs import LONGEST, free_slug

WORDS = ["bold", "italic", "ol", "ul", "link", "document-link"]


class WithAddress(PreviewableMixin, models.Model):
    """A row with an address of its own, made from its name where nobody chose one."""

    slug = models.SlugField(
        _("address"),
        max_length=LONGEST,
        unique=True,
        blank=True,
        help_text=_("The last part of the page’s address. Empty: made from the name."),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every row has an address, whichever way it was made."""
        self._be_addressed()
        super().save(*args, **kwargs)

    def _be_addressed(self) -> None:
        self.slug = self.slug or free_slug(self, name=str(self))

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The row as its page gets it; one that is not saved yet shows where it will be."""
        self._be_addressed()
        return {"row": self, "request": request}


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by what visitors may see."""

    def partners(self) -> "OrganisationQuerySet":
        """Those with a page of their own."""
        return self.filter(is_partner=True)


class Organisation(WithAddress):
    """A partner, a host, an employer."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "base.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
    )
    about = models.TextField(_("about"), blank=True, help_text=_("Two or three sentences."))
    together = RichTextField(_("what we do together"), blank=True, features=WORDS)
    is_partner = models.BooleanField(
        _("partner with a page of its own"), default=False, help_text=_("It is then listed among our partners.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_partner=False) | ~Q(about=""),
                name="partner_page_says_something",
                violation_error_message=_("Write something about them first: their page would be empty."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:partner", args=[self.slug])

    @property
    def page_url(self) -> str:
        """The address of its page; empty where it has none."""
        return self.get_absolute_url() if self.is_partner else ""

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "people/partner.html"


class PersonQuerySet(models.QuerySet["Person"]):
    """People by what visitors may see."""

    def public(self) -> "PersonQuerySet":
        """Those with a page of their own."""
        return self.filter(is_public=True)


class Person(WithAddress):
    """A co-chair, a founder, a speaker, a judge."""

    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("Such as “Co-chair”."))
    about = models.TextField(_("about"), blank=True, help_text=_("Two or three sentences."))
    story = RichTextField(_("more about them"), blank=True, features=WORDS)
    website = models.URLField(_("website"), blank=True)
    portrait = models.ForeignKey(
        "base.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("portrait"),
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        verbose_name=_("organisation"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    is_public = models.BooleanField(
        _("page of their own"), default=False, help_text=_("Tick it only when they have agreed.")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(about=""),
                name="person_page_says_something",
                violation_error_message=_("Write something about them first: their page would be empty."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.slug])

    @property
    def page_url(self) -> str:
        """The address of their page; empty where they have none."""
        return self.get_absolute_url() if self.is_public else ""

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "people/person.html"
