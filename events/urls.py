"""The addresses of conferences that are not pages of the tree."""

from django.urls import path

from events.views import choosing, feeds, orders, papers, places

app_name = "events"
ORDER = "orders/<slug:reference>/<slug:secret>/"
PLACE = "places/<slug:token>/"

urlpatterns = [
    path("conferences/calendar.ics", feeds.programme, name="programme_feed"),
    path("conferences/<slug:slug>/calendar.ics", feeds.conference, name="conference_feed"),
    path("conferences/<slug:slug>/tickets/", choosing.tickets, name="tickets"),
    path(ORDER, orders.order, name="order"),
    path(f"{ORDER}details/", orders.details, name="details"),
    path(f"{ORDER}pay/", orders.pay, name="pay"),
    path(f"{ORDER}return/", orders.returned, name="return"),
    path(f"{ORDER}back/", orders.stepped_back, name="back"),
    path(f"{ORDER}tickets.pdf", papers.order_tickets, name="order_tickets"),
    path(f"{ORDER}calendar.ics", papers.order_calendar, name="order_calendar"),
    path(PLACE, places.place, name="place"),
    path(f"{PLACE}ticket.pdf", papers.place_ticket, name="place_ticket"),
    path(f"{PLACE}calendar.ics", papers.place_calendar, name="place_calendar"),
    path("tickets/<slug:code>/verify", places.verify, name="verify"),
]
