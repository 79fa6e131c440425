"""What the demonstration says of partners, and whose pages are public."""

from network_site.demo.directory import Directory
from network_site.demo.tree import read


def tell_of_partners(directory: Directory) -> None:
    """Give every partner and founder of the demonstration a page."""
    content = read("partners.json")
    for name, words in content["organisations"].items():
        organisation = directory.organisations[name]
        organisation.about, organisation.together, organisation.is_partner = words["about"], words["together"], True
        organisation.save()
    for name in content["people"]:
        person = directory.people[name]
        person.is_public = True
        person.save()
