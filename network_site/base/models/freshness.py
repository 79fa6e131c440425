"""Two numbers that go up whenever an anonymous page may look different."""

from django.db import models
from django.db.models import Q


class Freshness(models.Model):
    """The only row (pk 1) counts changes; every web process compares it with what its pages were made from."""

    version = models.PositiveBigIntegerField(default=0)
    words = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="freshness_is_one_row")]

    def __str__(self) -> str:
        return str(self.version)
