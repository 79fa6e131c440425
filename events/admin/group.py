"""The menu group of the conference desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from events.admin.conferences import ConferenceViewSet
from events.admin.incidents import IncidentViewSet
from events.admin.orders import OrderViewSet
from events.admin.records import messages, outbox, trail


class DeskGroup(ViewSetGroup):
    """Everything a conference manager needs, in the order it is needed."""

    menu_label = _("Conferences")
    menu_name = "conference-desk"
    menu_icon = "ticket"
    menu_order = 150
    items = (ConferenceViewSet(), OrderViewSet(), IncidentViewSet(), outbox, messages, trail)
