"""Collections that editors make: publications in an order, each with a sentence why."""

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from research_db.models.change import SearchChange
from research_db.models.publication import named_today


class ReadingList(PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A reading list with an address of its own."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=150)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("For whom it is, and why these."))

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")

    def __str__(self) -> str:
        return self.title

    def with_content_json(self, content: dict[str, Any]) -> "ReadingList":
        """A kept draft, with what it names named as it is today."""
        entries = named_today(content.get("entries", []), "publication")
        draft: ReadingList = super().with_content_json({**content, "entries": entries})
        return draft

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep it with its entries, and tell those who keep copies what came in and what went."""
        before = self._shown()
        super().save(*args, **kwargs)
        self._tell(before ^ self._shown())

    @transaction.atomic
    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Take it away, and tell the same."""
        before = self._shown()
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        self._tell(before)
        return deleted

    def _shown(self) -> set[tuple[str, int]]:
        """Which publications visitors find in it, under which address."""
        entries = ReadingListEntry.objects.filter(reading_list=self.pk, reading_list__live=True)
        return set(entries.values_list("reading_list__slug", "publication"))

    @staticmethod
    def _tell(changed: set[tuple[str, int]]) -> None:
        if changed:
            SearchChange.note(sorted({publication for _slug, publication in changed}))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("research:reading_list", args=[self.slug])

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """What editors see while they write."""
        return "research_db/reading_list.html"


class ReadingListEntry(models.Model):
    """A publication in a reading list."""

    reading_list = ParentalKey(ReadingList, on_delete=models.CASCADE, related_name="entries")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    publication = models.ForeignKey(
        "research_db.Publication", on_delete=models.CASCADE, related_name="+", verbose_name=_("publication")
    )
    why = models.CharField(_("why it is here"), max_length=300, blank=True)

    sort_order_field = "sort_order"  # editors may put them in order

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "publication"], name="once_in_a_reading_list"),
        ]

    def __str__(self) -> str:
        return str(self.publication)
