"""What of ours belongs to a person or an organisation, as the rooms above tell it."""

from dataclasses import dataclass

from django.db.models import Model

from network_site.base.offers import Connection, connections
from network_site.people.models import Organisation, Person


@dataclass(frozen=True)
class Strand:
    """Connections of one kind, under the name their room gives them."""

    label: str
    connections: tuple[Connection, ...]


def strands(row: Model) -> list[Strand]:
    """Everything that belongs to `row`, by kind; every room answers for what it knows."""
    if row.pk is None:
        return []
    by_label: dict[str, list[Connection]] = {}
    for told in connections.all():
        for connection in told(row):
            by_label.setdefault(str(connection.label), []).append(connection)
    return [Strand(label, tuple(found)) for label, found in by_label.items()]


def people_of(organisation: Organisation) -> list[Person]:
    """Those of its people who have a page."""
    if organisation.pk is None:
        return []
    return list(Person.objects.public().filter(organisation=organisation))
