"""How people log in, and choose a password."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    PasswordField,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from network_site.people import addresses

ADDRESS = _("E-mail address")
PASSWORDS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
}
GOOD_PASSWORD = _("At least 12 characters. Three or four plain words are good and easy to keep in mind.")


class LoginForm(AllauthLoginForm):
    """An address is enough: a code is mailed. Who has a password may give it instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = ADDRESS
        attributes = self.fields["login"].widget.attrs
        attributes["autocomplete"] = "username"
        attributes.pop("placeholder", None)

    def _setup_password_field(self) -> None:
        self.fields["password"] = PasswordField(label=_("Password"), autocomplete="current-password", required=False)
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.user and not cleaned.get("password"):
            addresses.remember(self.user)
        return cleaned


class PlainAddress:
    """Calls an address what every form of the site calls it."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS


class AddressForm(PlainAddress, AddEmailForm):
    """Another address to log in with."""


class ForgottenForm(PlainAddress, ResetPasswordForm):
    """Asking for a code to choose a new password with."""


class CodeForm(PlainAddress, RequestLoginCodeForm):
    """Asking for a code on its own page."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if self._user:
            addresses.remember(self._user)
        return email


class PlainHelp:
    """Names passwords plainly, and says what a good one is in one sentence."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = PASSWORDS.get(name, field.label)
            field.help_text = GOOD_PASSWORD if name == "password1" else ""


class NewPasswordForm(PlainHelp, ChangePasswordForm):
    """Another password, by somebody who knows the old one."""


class FirstPasswordForm(PlainHelp, SetPasswordForm):
    """A password for somebody who has none."""


class ResetForm(PlainHelp, ResetPasswordKeyForm):
    """A password by somebody who forgot the old one."""


class PasskeyForm(AddWebAuthnForm):
    """A passkey, and whether it is enough alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].help_text = _("Such as “my telephone”.")
        self.fields["passwordless"].label = _("It is enough to log in")
        self.fields["passwordless"].help_text = _("Without a tick it is asked for after a code or a password.")
        self.fields["passwordless"].initial = True
