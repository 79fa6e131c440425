"""Addresses of payments: the gateway's messages, and the practice page."""

from django.urls import path

from network_site.payments import views

app_name = "payments"
urlpatterns = [
    path("stripe/webhook", views.stripe_webhook, name="stripe_webhook"),
    path("practice/<str:session_id>/", views.practice_page, name="practice"),
]
