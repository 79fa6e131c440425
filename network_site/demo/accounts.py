"""The demonstration's accounts; their password is no secret."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from network_site.people.models import User
from network_site.people.roles import grant

PASSWORD = "knit one, link two"  # noqa: S105


@dataclass(frozen=True)
class Account:
    """Somebody who can log in."""

    email: str
    name: str
    role: str
    group: str = ""


ACCOUNTS = (
    Account("editor@example.org", "Edie Demonstration", "editor", "Editors"),
    Account("arthur@example.org", "Arthur Demonstration", "author", "Authors"),
    Account("manager@example.org", "Manu Demonstration", "conference manager", "Conference managers"),
    Account("delegate@example.org", "Dele Demonstration", "delegate"),
)


def make_accounts() -> dict[str, User]:
    """Make the accounts, by role."""
    made = {}
    for account in ACCOUNTS:
        user = User.objects.create_user(account.email, PASSWORD, name=account.name)
        EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
        if account.group:
            grant(user, account.group)
        made[account.role] = user
    return made
