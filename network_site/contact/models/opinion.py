"""Whether a page helped."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Opinion(models.Model):
    """One answer to “Was this page useful?”: a page, a day, and perhaps a sentence; nothing says whose."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="opinions")
    given_on = models.DateField()
    is_useful = models.BooleanField()
    comment = models.CharField(_("what would make it better"), max_length=500, blank=True)
    # The same answer from the same place on the same day is one; forgotten after two days.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("answer about a page")
        verbose_name_plural = _("answers about pages")
        indexes = [models.Index(fields=["page", "given_on"], name="opinion_by_page")]

    def __str__(self) -> str:
        return self.comment or str(self.is_useful)
