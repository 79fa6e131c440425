"""This month in the network's history, on the home page."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from network_site.history.queries import this_month


def month_drawn(today: date) -> SafeString:
    """The moment of this month as HTML; empty where the history has none."""
    moment = this_month(today)
    return render_to_string("history/this_month.html", {"moment": moment}) if moment else SafeString("")
