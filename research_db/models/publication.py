"""A publication: one record of the database."""

import secrets
from functools import cache
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from research_db.models.change import SearchChange
from research_db.models.naming import Source

# Neither vowels, which make words, nor signs that are read as one another: 6 of 27 signs name 387 million records.
CODE_SIGNS = "23456789bcdfghjkmnpqrstvwxz"
CODE_LENGTH = 6
LONGEST_SLUG = 80


def new_code() -> str:
    """A short name for a record that says nothing and is never changed."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def slug_of(title: str) -> str:
    """The readable end of the address of a record with this title."""
    return slugify(title)[:LONGEST_SLUG].strip("-") or "record"


def address_of(code: str, title: str) -> str:
    """The page of the record with this code and title."""
    return _way().format(code, slug_of(title))


def named_today(rows: list[dict[str, Any]], key: str, *also: str) -> list[dict[str, Any]]:
    """Rows of a kept draft that name publications: what became part of another since is named by that other, once.

    Args:
        rows: as a revision has them.
        key: under which a row names a publication.
        also: what else tells one row from another.
    """
    merged = Publication.objects.filter(pk__in={row[key] for row in rows}).exclude(merged_into=None)
    leads = dict(merged.order_by().values_list("pk", "merged_into"))
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        named = {**row, key: leads.get(row[key], row[key])}
        found.setdefault((named[key], *(named[name] for name in also)), named)
    return list(found.values()) if leads else rows


@cache
def _way() -> str:
    """The address of any record, with room for its code and its slug: lists and sitemaps need thousands."""
    return reverse("research:record", args=["code", "slug"]).replace("code/slug", "{}/{}")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def public(self) -> "PublicationQuerySet":
        """What visitors may see."""
        return self.filter(live=True)


class Publication(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    """Something published about social prescribing. Parts of its date that are not known are empty."""

    class Kind(models.TextChoices):
        JOURNAL_ARTICLE = "journal-article", _("Journal article")
        REVIEW = "review", _("Review")
        REPORT = "report", _("Report")
        GUIDELINE = "guideline", _("Guideline")
        POLICY = "policy", _("Policy")
        BOOK = "book", _("Book")
        CHAPTER = "chapter", _("Chapter")
        THESIS = "thesis", _("Thesis")
        CONFERENCE_PAPER = "conference-paper", _("Conference paper")
        PREPRINT = "preprint", _("Preprint")
        PROTOCOL = "protocol", _("Protocol")
        DATASET = "dataset", _("Dataset")
        WEBPAGE = "webpage", _("Web page")
        VIDEO = "video", _("Film")
        OTHER = "other", _("Other")

    class OpenAccess(models.TextChoices):
        UNKNOWN = "", _("Not known")
        GOLD = "gold", _("Free in an open journal")
        HYBRID = "hybrid", _("Free in a subscription journal")
        BRONZE = "bronze", _("Free to read, without a licence")
        GREEN = "green", _("Free in a repository")
        CLOSED = "closed", _("Only for subscribers")

    class Origin(models.TextChoices):
        EDITOR = "editor", _("Written by an editor")
        IMPORT = "import", _("From an imported file")
        SUGGESTION = "suggestion", _("Suggested by a visitor")
        UNDONE = "undone", _("From an import that was undone")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.JOURNAL_ARTICLE)
    title = models.TextField(_("title"))
    abstract = models.TextField(_("abstract"), blank=True)
    plain_summary = models.TextField(
        _("summary in plain language"), blank=True, help_text=_("What was found, for readers who do not do research.")
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="publications", verbose_name=_("in")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True, help_text=_("As printed, such as “107-9”."))
    article_number = models.CharField(_("article number"), max_length=60, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True, help_text=_("Such as “en” or “cy”."))
    url = models.URLField(_("address"), max_length=1000, blank=True)
    open_access = models.CharField(_("free to read"), max_length=6, choices=OpenAccess.choices, blank=True)
    open_access_url = models.URLField(_("address of the free text"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True, help_text=_("Such as “CC BY 4.0”."))
    keywords = models.JSONField(_("keywords as printed"), default=list, blank=True)
    terms = ParentalManyToManyField(
        "research_db.Term", blank=True, related_name="publications", verbose_name=_("what it is about")
    )
    notes = models.TextField(_("notes for editors"), blank=True, help_text=_("Visitors do not see them."))
    # What a file said that fits nowhere else: tag to values, so that an export can say it again.
    extra = models.JSONField(default=dict, blank=True, editable=False)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.EDITOR, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="publication",
        for_concrete_model=False,
    )
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="publication",
        for_concrete_model=False,
    )

    objects = PublicationQuerySet.as_manager()

    # For choosers in the admin; visitors search with the engine of `network_site.search`.
    search_fields = [index.SearchField("title", boost=2), index.AutocompleteField("title"), index.FilterField("live")]

    class Meta:
        # Databases do not agree on where what is not known belongs.
        ordering = [*(F(part).desc(nulls_last=True) for part in ("year", "month", "day")), "pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(fields=["changed_at", "id"], name="publication_by_change")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="publication_has_a_title"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1000, 2200)), name="publication_year_is_a_year"
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(year__isnull=False, month__range=(1, 12)),
                name="publication_month_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(day=None) | Q(month__isnull=False, day__range=(1, 31)), name="publication_day_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(live=False) & ~Q(merged_into=F("id"))), name="merged_is_not_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def with_content_json(self, content: dict[str, Any]) -> "Publication":
        """A kept draft; what it is part of and where it came from are those of today, and so is what it names."""
        named = named_today(content.get("relations", []), "other", "kind")
        relations = [row for row in named if row["other"] != self.pk]
        draft: Publication = super().with_content_json({**content, "relations": relations})
        draft.merged_into_id, draft.origin = self.merged_into_id, self.origin
        return draft

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep it with its authors and terms, and tell the search, all at once."""
        super().save(*args, **kwargs)
        SearchChange.note([self.pk])

    @transaction.atomic
    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Take it away, and tell the search."""
        number = self.pk
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        SearchChange.note([number])
        return deleted

    def clean(self) -> None:
        """A day needs its month and a month its year."""
        super().clean()
        if self.month and not self.year:
            raise ValidationError({"year": _("A month needs its year. Add the year, or take the month away.")})
        if self.day and not self.month:
            raise ValidationError({"month": _("A day needs its month. Add the month, or take the day away.")})

    @property
    def slug(self) -> str:
        """The readable end of its address; may change, the code before it does not."""
        return slug_of(self.title)

    def get_absolute_url(self) -> str:
        """Its page."""
        return address_of(self.code, self.title)

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """What editors see while they write."""
        return "research_db/record.html"
