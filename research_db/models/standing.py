"""How a publication stands: what came after it, what it belongs to, and how good others found it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class Notice(models.Model):
    """A notice that changes how a publication may be used."""

    class Kind(models.TextChoices):
        RETRACTION = "retraction", _("Retracted")
        CONCERN = "concern", _("Expression of concern")
        CORRECTION = "correction", _("Corrected")

    publication = ParentalKey("research_db.Publication", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("address of the notice"), max_length=500, blank=True)
    words = models.CharField(_("in a sentence"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.get_kind_display()


class Appraisal(models.Model):
    """What somebody who judged the quality of a study with a known tool found."""

    class Tool(models.TextChoices):
        MMAT = "mmat", "MMAT"
        AMSTAR2 = "amstar2", "AMSTAR 2"
        ROB2 = "rob2", "RoB 2"
        ROBINS_I = "robins-i", "ROBINS-I"
        CASP = "casp", "CASP"
        JBI = "jbi", "JBI"

    class Judgement(models.TextChoices):
        HIGH = "high", _("High confidence")
        MODERATE = "moderate", _("Moderate confidence")
        LOW = "low", _("Low confidence")
        VERY_LOW = "very-low", _("Very low confidence")

    publication = ParentalKey("research_db.Publication", on_delete=models.CASCADE, related_name="appraisals")
    tool = models.CharField(_("tool"), max_length=10, choices=Tool.choices)
    judgement = models.CharField(_("judgement"), max_length=10, choices=Judgement.choices)
    words = models.TextField(_("why"), blank=True)
    by = models.CharField(_("judged by"), max_length=150, blank=True)
    on = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")

    def __str__(self) -> str:
        return f"{self.get_tool_display()}: {self.get_judgement_display()}"


class Relation(models.Model):
    """How one publication stands to another, read from the first to the second."""

    class Kind(models.TextChoices):
        PREPRINT_OF = "preprint-of", _("Preprint of")
        PROTOCOL_OF = "protocol-of", _("Protocol of")
        UPDATES = "updates", _("Updates")
        CORRECTS = "corrects", _("Corrects")
        RETRACTS = "retracts", _("Retracts")
        COMMENT_ON = "comment-on", _("Comments on")
        PART_OF_REVIEW = "included-in", _("Included in the review")

    publication = ParentalKey("research_db.Publication", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    other = models.ForeignKey(
        "research_db.Publication", on_delete=models.CASCADE, related_name="related_from", verbose_name=_("publication")
    )

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["publication", "kind", "other"], name="one_relation_of_a_kind"),
            models.CheckConstraint(condition=~Q(publication=F("other")), name="no_relation_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"
