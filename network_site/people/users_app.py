"""Wagtail's user administration with our own form: a name and an address, no user name."""

from wagtail.users.apps import WagtailUsersAppConfig


class HouseUsersConfig(WagtailUsersAppConfig):
    user_viewset = "network_site.people.user_admin.UserViewSet"
