"""The path at the top of the desk's pages about one conference."""

from django.utils.translation import gettext_lazy as _

from events.models import Conference
from network_site.editing.desk.pages import Crumb, crumb


def conference_crumbs(conference: Conference, *more: Crumb) -> list[Crumb]:
    """The path to a conference's tickets page and on from there."""
    return [
        crumb(_("Home"), "wagtailadmin_home"),
        crumb(_("Conferences"), "conferences:index"),
        crumb(conference, "conferences:tickets", conference.pk),
        *more,
    ]
