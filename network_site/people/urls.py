"""Addresses of people’s own pages."""

from django.urls import path

from network_site.people import public_pages, views

app_name = "people"
urlpatterns = [
    path("my/", views.my_network, name="my_network"),
    path("admin/login/", views.admin_login, name="admin_login"),
    # /people/ itself is a page of the tree.
    path("people/<slug:slug>/", public_pages.person, name="person"),
    path("partners/", public_pages.partners, name="partners"),
    path("partners/<slug:slug>/", public_pages.partner, name="partner"),
]
