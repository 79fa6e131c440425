"""What every feature may store: pictures, documents, incidents, the audit trail, the worker's leases."""

from network_site.base.models.audit import AuditEntry
from network_site.base.models.files import NetworkDocument, NetworkImage, NetworkRendition
from network_site.base.models.freshness import Freshness
from network_site.base.models.incident import Incident
from network_site.base.models.topic import Topic
from network_site.base.models.worker import JobLease, WorkerHeartbeat

__all__ = [
    "AuditEntry",
    "Freshness",
    "Incident",
    "JobLease",
    "NetworkDocument",
    "NetworkImage",
    "NetworkRendition",
    "Topic",
    "WorkerHeartbeat",
]
