"""The addresses of writing to us; the page with the form is in the Wagtail tree."""

from django.urls import path

from network_site.contact import views

app_name = "contact"
urlpatterns = [
    path("contact/send/", views.send, name="send"),
    path("contact/sent/<str:token>/", views.sent, name="sent"),
    path("feedback/<int:page_id>/", views.opinion, name="opinion"),
]
