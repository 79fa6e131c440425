"""Making and changing users in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from network_site.people import addresses
from network_site.people.models import User


class UserFields(forms.Form):
    """What both forms do with our user: one name, one address in small letters."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=150)

    def clean_email(self) -> str:
        """Addresses are the same in any case, so one is kept in one."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            raise ValidationError(_("Somebody has an account with this address already."))
        return email


class CreationForm(UserFields, UserCreationForm):
    """A new user; without a password they log in by code."""

    password_required = False

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> Any:
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        return super().save(commit=commit)


class EditForm(UserFields, UserEditForm):
    """A user who exists."""

    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "is_active", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=commit)
        if commit and "email" in self.changed_data:
            addresses.replace(user)
        return user


class UserViewSet(WagtailUserViewSet):
    """The user pages of the admin, with our forms."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        return EditForm if for_update else CreationForm
