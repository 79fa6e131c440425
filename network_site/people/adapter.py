"""How the house logs people in: allauth's seams, in our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network_site.people.letters import WRITERS, AccountLetter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff or by taking part; there is no open sign-up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to us if it should not be."),
        "email_password_mismatch": _("The address and the password do not belong together. Try again, or use a code."),
        "incorrect_code": _("This is not the code we sent. Look at it again; the newest mail has the one that works."),
        "incorrect_password": _("This is not your password. Try again."),
        "too_many_login_attempts": _("That was tried too often. Wait some minutes, then try again."),
        "rate_limited": _("That was asked too often. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail in our words; a kind we have no words for would be a change in allauth, and fails loudly."""
        self.post(WRITERS[template_prefix](context), to=email)

    def post(self, letter: AccountLetter, *, to: str) -> None:
        """Send the letter as plain text; `network_site.mail` knows a better way and is above this part of the house."""
        send_mail(letter.subject, letter.text(), settings.DEFAULT_FROM_EMAIL, [to])


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and authenticator apps carry the network's name."""

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
