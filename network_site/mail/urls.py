"""The addresses of the outbox page."""

from django.urls import path

from network_site.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/body/", views.body, name="body"),
    path("<int:pk>/attachments/<int:number>/", views.attachment, name="attachment"),
]
