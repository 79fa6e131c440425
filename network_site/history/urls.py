"""The history as data; the page itself is in the tree."""

from django.urls import path

from network_site.history import views

app_name = "history"
urlpatterns = [
    path("history/data.json", views.as_json, name="json"),
    path("history/data.csv", views.as_csv, name="csv"),
]
