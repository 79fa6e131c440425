"""What the house writes to people about their account: words only, drawn as mail elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy


@dataclass(frozen=True)
class AccountLetter:
    """A letter's words; `code` is what the reader types in."""

    subject: str
    paragraphs: tuple[str, ...]
    code: str = ""
    note: str = ""

    def text(self) -> str:
        """As plain text."""
        parts = [*self.paragraphs[:1], self.code, *self.paragraphs[1:], self.note, settings.SITE_NAME]
        return "\n\n".join(part for part in parts if part)


Writer = Callable[[dict[str, Any]], AccountLetter]


def _not_you() -> str:
    return _("If this was not you, somebody may have used your address. Write to us at %(address)s.") % {
        "address": settings.CONTACT_EMAIL
    }


def login_code(context: dict[str, Any]) -> AccountLetter:
    """The code somebody logs in with."""
    return AccountLetter(
        _("%(code)s is your code to log in") % {"code": context["code"]},
        (_("Type this code on the page you came from. It works once, for 15 minutes."),),
        code=str(context["code"]),
        note=_("If you did not ask to log in, you need do nothing: nobody can log in without the code."),
    )


def email_code(context: dict[str, Any]) -> AccountLetter:
    """The code that shows an address is theirs."""
    return AccountLetter(
        _("%(code)s is your code to confirm this address") % {"code": context["code"]},
        (_("Type this code on the page you came from, and this address is yours to log in with."),),
        code=str(context["code"]),
        note=_("If you did not ask for this, you need do nothing."),
    )


def password_code(context: dict[str, Any]) -> AccountLetter:
    """The code for a new password."""
    return AccountLetter(
        _("%(code)s is your code for a new password") % {"code": context["code"]},
        (_("Type this code on the page you came from, then choose a new password."),),
        code=str(context["code"]),
        note=_("If you did not ask for this, you need do nothing: your password stays as it is."),
    )


def unknown_account(context: dict[str, Any]) -> AccountLetter:
    """Somebody tried to log in with an address that has no account; only its owner learns that."""
    return AccountLetter(
        _("There is no account with this address"),
        (
            _("Somebody, perhaps you, tried to log in with this address. It has no account with us."),
            _("You may have booked with another one. To see a booking you need no account: use the link we mailed."),
        ),
        note=_("If it was not you, you need do nothing. Help: %(address)s") % {"address": settings.CONTACT_EMAIL},
    )


def account_already_exists(context: dict[str, Any]) -> AccountLetter:
    """Somebody asked for a second account with an address that has one."""
    return AccountLetter(
        _("You have an account already"),
        (_("Somebody, perhaps you, asked for an account with this address. It has one: just log in."),),
    )


def told(subject: Any, sentence: Any) -> Writer:
    """A letter that tells somebody what was changed in their account."""

    def write(context: dict[str, Any]) -> AccountLetter:
        return AccountLetter(str(subject), (str(sentence),), note=_not_you())

    return write


WRITERS: dict[str, Writer] = {
    "account/email/login_code": login_code,
    "account/email/unknown_account": unknown_account,
    "account/email/account_already_exists": account_already_exists,
    "account/email/email_confirmation": email_code,
    "account/email/email_confirmation_signup": email_code,
    "account/email/password_reset_code": password_code,
    "account/email/password_changed": told(lazy("Your password was changed"), lazy("Your password was changed.")),
    "account/email/password_set": told(lazy("You have a password now"), lazy("A password was set for your account.")),
    "account/email/password_reset": told(lazy("You have a new password"), lazy("Your password was replaced.")),
    "account/email/email_changed": told(
        lazy("Your address was changed"), lazy("The address you log in with was changed to another one.")
    ),
    "account/email/email_confirm": told(lazy("Your address is confirmed"), lazy("You can log in with this address.")),
    "account/email/email_deleted": told(
        lazy("An address was removed"), lazy("This address was removed from your account.")
    ),
    "mfa/email/totp_activated": told(
        lazy("An authenticator app was added"), lazy("Logging in now also needs a code from your authenticator app.")
    ),
    "mfa/email/totp_deactivated": told(
        lazy("The authenticator app was removed"), lazy("Logging in no longer needs a code from an authenticator app.")
    ),
    "mfa/email/recovery_codes_generated": told(
        lazy("You have new recovery codes"), lazy("New recovery codes were made; the old ones no longer work.")
    ),
    "mfa/email/webauthn_added": told(
        lazy("A passkey was added"), lazy("A passkey or security key was added to your account.")
    ),
    "mfa/email/webauthn_removed": told(
        lazy("A passkey was removed"), lazy("A passkey or security key was removed from your account.")
    ),
}
