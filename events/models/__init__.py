"""Conferences, what is sold for them, who holds which place, and the ledger that proves it."""

from events.models.conference import Conference, Session
from events.models.ledger import CapacityClaim, Quota, StaffHold
from events.models.order import Order, OrderLine
from events.models.pages import ConferenceIndexPage, ConferencePage
from events.models.tickets import TicketType, TypeQuota

__all__ = [
    "CapacityClaim",
    "Conference",
    "ConferenceIndexPage",
    "ConferencePage",
    "Order",
    "OrderLine",
    "Quota",
    "Session",
    "StaffHold",
    "TicketType",
    "TypeQuota",
]
