"""People and organisations as schema.org knows them, for search engines."""

from typing import Any

from django.conf import settings

from network_site.people.models import Organisation, Person

Data = dict[str, Any]


def person_data(person: Person) -> Data:
    """A person as JSON-LD; only what their page says."""
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": person.name,
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "description": person.about,
        "jobTitle": person.role,
        "sameAs": person.website,
    }
    if person.organisation:
        data["affiliation"] = _told({"@type": "Organization", "name": person.organisation.name, **_where(person)})
    return _told(data)


def _where(person: Person) -> Data:
    return {"url": person.organisation.website} if person.organisation else {}


def organisation_data(organisation: Organisation) -> Data:
    """A partner as JSON-LD; its address is its own website, ours is a page about it."""
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": organisation.name,
            "description": organisation.about,
            "url": organisation.website,
            "subjectOf": f"{settings.SITE_URL}{organisation.get_absolute_url()}",
        }
    )


def _told(data: Data) -> Data:
    """The same without what is not known."""
    return {name: value for name, value in data.items() if value}
