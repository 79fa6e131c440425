"""People and organisations of the demonstration."""

from dataclasses import dataclass

from network_site.people.models import Organisation, Person

ORGANISATIONS = {
    "The King’s Fund": "https://www.kingsfund.org.uk/",
    "National Academy for Social Prescribing": "https://socialprescribingacademy.org.uk/",
    "University of Salford": "https://www.salford.ac.uk/",
    "University of Westminster": "https://www.westminster.ac.uk/",
    "Leeds Community Threads (invented)": "",
}
PEOPLE = (
    (
        "Marie Polley",
        "Founder, and co-chair until about 2022",
        "Started the network with Michael Dixon in October 2015.",
    ),
    ("Michael Dixon", "Founder and co-chair", "Started the network with Marie Polley in October 2015."),
    ("Sian Brand", "Co-chair since about 2022", "Followed Marie Polley as co-chair of the network."),
)


@dataclass(frozen=True)
class Directory:
    """What pages and conferences refer to, by name."""

    people: dict[str, Person]
    organisations: dict[str, Organisation]


def make_directory() -> Directory:
    """Make everybody the demonstration speaks of."""
    return Directory(
        people={
            name: Person.objects.create(name=name, role=role, about=about, sort_order=number)
            for number, (name, role, about) in enumerate(PEOPLE)
        },
        organisations={
            name: Organisation.objects.create(name=name, website=website) for name, website in ORGANISATIONS.items()
        },
    )
