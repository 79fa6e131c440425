"""Addresses of the design system."""

from django.urls import path

from network_site.ui import views

app_name = "ui"
urlpatterns = [path("patterns/", views.patterns, name="patterns")]
