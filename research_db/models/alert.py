"""Searches that people saved to be told of what is new, and what each of them was told of."""

import hashlib

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network_site.base import tokens


class SavedSearch(models.Model):
    """A search and the address that letters about it go to.

    `next_at` is when it is looked at next: only of one that was confirmed and is not paused. Whoever has the `token`
    may change and end it. `letters` is the number of its last letter.
    """

    class Frequency(models.TextChoices):
        DAILY = "daily", _("As it comes, at most once a day")
        WEEKLY = "weekly", _("Once a week, on Mondays")
        MONTHLY = "monthly", _("Once a month, on the first")

    email = models.EmailField()
    query = models.TextField(blank=True, help_text=_("What its address asks; empty for everything."))
    # Addresses are longer than what PostgreSQL can keep unique.
    query_key = models.CharField(max_length=64, editable=False)
    words = models.TextField(help_text=_("What is looked for, as it was called when it was saved."))
    frequency = models.CharField(max_length=7, choices=Frequency.choices, default=Frequency.WEEKLY)
    token = models.CharField(max_length=tokens.SECRET_LENGTH, unique=True, default=tokens.secret, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="saved_searches_due")]
        constraints = [
            models.UniqueConstraint(Lower("email"), "query_key", name="one_saved_search_an_address"),
            models.CheckConstraint(
                condition=Q(frequency__in=["daily", "weekly", "monthly"]), name="saved_search_frequency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, paused_at=None, next_at=None, letters=0)
                | Q(confirmed_at__isnull=False, paused_at=None, next_at__isnull=False)
                | Q(confirmed_at__isnull=False, paused_at__isnull=False, next_at=None),
                name="only_confirmed_searches_have_a_next_time",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @staticmethod
    def key_of(query: str) -> str:
        """By what two searches are known to be the same."""
        return hashlib.sha256(query.encode()).hexdigest()


class ToldOf(models.Model):
    """A saved search was told of a publication, in its letter of this number: of each thing once, for ever."""

    class What(models.TextChoices):
        NEW = "new", _("new")
        RETRACTED = "retracted", _("retracted")

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    publication = models.ForeignKey("research_db.Publication", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=9, choices=What.choices)
    letter = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["search", "letter"], name="told_of_in_a_letter")]
        constraints = [
            models.UniqueConstraint(fields=["search", "publication", "what"], name="told_of_once"),
            models.CheckConstraint(condition=Q(what__in=["new", "retracted"]), name="told_of_something_known"),
            models.CheckConstraint(condition=Q(letter__gte=1), name="told_of_in_some_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.publication_id} {self.what}"
