"""Users who log in; people and organisations the site writes about."""

from network_site.people.models.directory import Organisation, Person
from network_site.people.models.user import User

__all__ = ["Organisation", "Person", "User"]
