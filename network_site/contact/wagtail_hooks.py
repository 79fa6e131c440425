"""What visitors tell us, in the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.snippets.models import register_snippet

from network_site.contact.admin.messages import MessageViewSet
from network_site.contact.admin.missed import MissedViewSet
from network_site.contact.admin.opinions import OpinionViewSet
from network_site.contact.admin.redirects import take_over
from network_site.contact.admin.rights import names
from network_site.contact.admin.topics import ContactTopicViewSet
from network_site.editing.desk.rights import permissions


class ContactGroup(ViewSetGroup):
    """Everything visitors tell us."""

    menu_label = _("From visitors")
    menu_name = "from-visitors"
    menu_icon = "mail"
    menu_order = 160
    items = (MessageViewSet(), ContactTopicViewSet(), OpinionViewSet(), MissedViewSet())


# As Wagtail registers snippets, because one of them is: topics on a page are seen at once when they change.
register_snippet(ContactGroup)
take_over()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Everything this desk asks for can be given to a group in the admin's settings."""
    return permissions(names())
