"""Which worker runs which periodic job, and that it lives."""

from django.db import models


class JobLease(models.Model):
    """A periodic job's lock and memory: taken by compare-and-set on `locked_until`."""

    name = models.CharField(max_length=60, unique=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=80, blank=True)
    last_started_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class WorkerHeartbeat(models.Model):
    """The last sign of life of one worker process."""

    worker = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
