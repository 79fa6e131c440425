"""The addresses somebody logs in with: allauth's rows kept in step with ours."""

from allauth.account.models import EmailAddress
from django.db import transaction

from network_site.people.models import User


def remember(user: User) -> None:
    """Have a row for the user's address, so that one code both confirms it and lets them in."""
    if not EmailAddress.objects.filter(user=user, email__iexact=user.email).exists():
        is_first = not EmailAddress.objects.filter(user=user).exists()
        EmailAddress.objects.create(user=user, email=user.email, primary=is_first, verified=False)


@transaction.atomic
def replace(user: User) -> None:
    """Staff gave the user another address: the old ones no longer let anybody in."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    remember(user)
