"""Eras and themes: when a moment was, and what it was about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Era(models.Model):
    """A chapter of the history; each moment is in one."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("What links to this chapter end with, such as “policy”.")
    )
    title = models.CharField(_("title"), max_length=80)
    years = models.CharField(_("years"), max_length=40, help_text=_("In words, such as “2015 to 2016”."))
    intro = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences under the heading."))
    starts_on = models.DateField(_("starts on"), help_text=_("Puts the chapters in order; it is not shown."))

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("era")
        verbose_name_plural = _("eras")

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """What moments are about. Its colour never stands alone: the icon and the name are beside it."""

    class Icon(models.TextChoices):
        PEOPLE = "person", _("Person")
        CALENDAR = "calendar", _("Calendar")
        PLACE = "place", _("Place")
        LETTER = "letter", _("Letter")
        PLAY = "play", _("Film")
        TICKET = "ticket", _("Ticket")
        BOOK = "book", _("Book")
        RIBBON = "ribbon", _("Ribbon")
        PILLARS = "pillars", _("House of pillars")
        LINKED = "linked", _("Linked rings")

    class Colour(models.TextChoices):
        TEAL = "teal", _("Teal")
        MADDER = "madder", _("Madder red")
        OCHRE = "ochre", _("Ochre")
        SAGE = "sage", _("Sage green")
        INDIGO = "indigo", _("Indigo")

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("What filtered addresses say, such as “research”.")
    )
    name = models.CharField(_("name"), max_length=60, unique=True)
    icon = models.CharField(_("icon"), max_length=10, choices=Icon.choices, default=Icon.LINKED)
    colour = models.CharField(_("colour"), max_length=6, choices=Colour.choices, default=Colour.TEAL)

    class Meta:
        ordering = ["name"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name
