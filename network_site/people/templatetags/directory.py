"""What the pages of people and partners show beyond the row itself."""

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.base.crumbs import Crumb
from network_site.base.remembered import remembered
from network_site.people import belonging
from network_site.people.models import Organisation, Person

register = template.Library()
register.simple_tag(belonging.strands, name="strands")
register.simple_tag(belonging.people_of, name="people_of")


@register.simple_tag
def directory_way(row: Person | Organisation | None = None) -> list[Crumb]:
    """The way from home: past the people page of the tree, where there is one, or past the list of partners."""
    home = Crumb(_("Home"), "/")
    if isinstance(row, Person):
        above = remembered("people.above", shown="", make=_people_page)
        return [home, *above, Crumb(row.name, row.get_absolute_url())]
    partners = Crumb(_("Partners"), reverse("people:partners"))
    return [home, partners, Crumb(row.name, row.get_absolute_url())] if row else [home, partners]


def _people_page() -> list[Crumb]:
    page = Page.objects.live().filter(depth=3, slug="people").first()
    return [Crumb(str(page.title), "/people/")] if page else []


@register.simple_tag(takes_context=True)
def may_change(context: RequestContext, row: Model) -> bool:
    """Whether the visitor may edit the row; visitors without a session are not looked up at all."""
    request = context.get("request")
    if request is None or not row.pk or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}"))
