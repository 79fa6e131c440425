"""Files that are brought in: what each row was, what becomes of it, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One file, from its upload to its undoing."""

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READY = "ready", _("Waiting for you")
        CHOSEN = "chosen", _("Being brought in")
        DONE = "done", _("Brought in")
        RECALLED = "recalled", _("Being undone")
        UNDONE = "undone", _("Undone")
        LEFT = "left", _("Left")
        FAILED = "failed", _("Could not be read")

    # What the worker does something about.
    AT_WORK = (Stage.WAITING, Stage.CHOSEN, Stage.RECALLED)

    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(help_text=_("Bytes of the file as it was uploaded."))
    format = models.CharField(_("format"), max_length=20, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    publishes = models.BooleanField(_("published at once"), default=False)
    fills = models.BooleanField(_("fills gaps of records that are already here"), default=False)
    bytes_read = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    sentence = models.TextField(_("what happened"), blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False),
                name="import_decided_by_needs_decided_at",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by=None) | Q(uploaded_at__isnull=False),
                name="import_uploaded_by_needs_uploaded_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has something to do for it."""
        return self.stage in self.AT_WORK


class ImportFile(models.Model):
    """The file itself, as it came, packed with gzip; beside its batch so that lists of batches do not read it."""

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="file")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.batch)


class ImportRow(models.Model):
    """One record of the file."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        SAME = "same", _("Already here")
        ALIKE = "alike", _("Looks like another one")
        TWIN = "twin", _("Twice in the file")
        WRONG = "wrong", _("Cannot be read")

    class Action(models.TextChoices):
        CREATE = "create", _("Bring in as new")
        FILL = "fill", _("Fill the gaps of the one that is here")
        SKIP = "skip", _("Leave out")

    # The index of the numbers begins with it.
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(help_text=_("Where the record begins in the file, counted from 1."))
    title = models.TextField(blank=True)
    record: Any = models.JSONField(null=True, blank=True)
    raw = models.TextField(blank=True)
    problems = models.JSONField(default=list, blank=True)
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    match = models.ForeignKey(
        "research_db.Publication", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=6, choices=Action.choices, blank=True)
    publication = models.ForeignKey(
        "research_db.Publication", null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    # Of a record that was filled: what each field was before, so that it can be undone.
    before: Any = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_rows_are_numbered"),
            models.CheckConstraint(
                condition=~Q(verdict="wrong") | Q(record__isnull=True, action="skip"),
                name="what_cannot_be_read_is_left_out",
            ),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_rows_by_verdict")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}: {self.title}"


class DuplicatePair(models.Model):
    """Two records that may be one, and what was decided; the pair is written with the smaller number first."""

    class Decision(models.TextChoices):
        OPEN = "", _("To decide")
        MERGED = "merged", _("Merged")
        DIFFERENT = "different", _("Two different ones")

    first = models.ForeignKey("research_db.Publication", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("research_db.Publication", on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    # Of two that became one: what was before, so that they can be taken apart again.
    before: Any = models.JSONField(default=dict, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_question_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_is_in_order"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="pair_decided_at_once_with_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
