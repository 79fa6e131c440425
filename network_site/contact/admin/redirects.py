"""Redirects as staff make them, by hand or from a list: each leads somewhere, and straight there."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from network_site.editing.links.inside import path_on_this_site


class AddressField(forms.URLField):
    """A full address, or a path of this site as lists of old addresses have them."""

    def to_python(self, value: Any) -> Any:
        """The full address."""
        typed = str(value or "").strip()
        is_path = typed.startswith("/") and not typed.startswith("//")
        return super().to_python(f"{settings.SITE_URL}{typed}" if is_path else value)


class StraightRedirectForm(RedirectForm):
    """Wagtail's form; refuses what leads nowhere, in a circle, or over another redirect, and says what to do."""

    redirect_link = AddressField(
        label=Redirect._meta.get_field("redirect_link").verbose_name,
        max_length=255,
        required=False,
        assume_scheme="https",
    )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if self.errors or not given.get("old_path"):
            return
        if not given.get("redirect_page") and not given.get("redirect_link"):
            raise forms.ValidationError(_("Say where it leads: choose a page, or give an address."))
        old = Redirect.normalise_path(given["old_path"])
        target = Redirect(redirect_page=given.get("redirect_page"), redirect_link=given.get("redirect_link") or "")
        others = _at(given.get("site")).exclude(pk=self.instance.pk)
        if fault := what_is_wrong(old, path_of(target), others=others):
            raise forms.ValidationError(fault)


def _at(site: Site | None) -> Any:
    """Redirects that hold where one for this site holds; for none of them in particular: all."""
    return Redirect.objects.filter(Q(site=site) | Q(site=None)) if site else Redirect.objects.all()


def what_is_wrong(old: str, target: str, *, others: Any) -> str:
    """Why visitors of the old path would not go straight to where it leads; empty if they do.

    Args:
        old: the path that is asked for, as redirects keep it.
        target: where it leads if that is on this site, written the same way; else empty.
        others: the other redirects.
    """
    way = way_on(target, others=others, until=old)
    if old in way:
        return _("This leads in a circle: %(way)s. Choose another place.") % {"way": " → ".join([old, *way])}
    if len(way) > 1:
        return _("“%(target)s” is an old address itself and leads on to “%(end)s”. Lead there at once.") % {
            "target": target,
            "end": way[-1],
        }
    before = [one.old_path for one in others.filter(redirect_link__contains=old) if path_of(one) == old]
    if before:
        return _("“%(before)s” leads to this address. Let it lead to the new place first.") % {"before": before[0]}
    return ""


def way_on(path: str, *, others: Any, until: str) -> list[str]:
    """The paths of this site one is led over from here on, with this one; ends where `until` or a step comes again."""
    way: list[str] = []
    while path and path not in way:
        way.append(path)
        following = others.filter(old_path=path).first() if path != until else None
        path = path_of(following) or str(following.link or "") if following else ""
    return way


def path_of(redirect: Redirect) -> str:
    """Where a redirect leads, as redirects keep old paths; empty where that is not on this site."""
    link = redirect.link
    path = path_on_this_site(link) if link else ""
    return Redirect.normalise_path(path) if path else ""


def take_over() -> None:
    """Let Wagtail's screens, its import among them, ask our form; they have no other way to be told."""
    views.CreateView.form_class = views.EditView.form_class = views.RedirectForm = StraightRedirectForm
