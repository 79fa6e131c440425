"""The address in a ticket's QR code: it proves the ticket and gives away nothing else.

It is made from the place's token by a one-way function, so whoever reads a code at the door cannot open the
delegate's page with it; a new token makes the old code worthless.
"""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from events.models import OrderLine

LENGTH = 24


def proof(line: OrderLine) -> str:
    """What only somebody who saw the ticket can know: 96 bits in hexadecimal."""
    return hashlib.sha256(f"ticket:{line.token}".encode()).hexdigest()[:LENGTH]


def verify_address(line: OrderLine) -> str:
    """The whole address for the QR code."""
    code = f"{line.order.reference}-{line.number}-{proof(line)}"
    return settings.SITE_URL + reverse("events:verify", args=[code])


def find_proved(code: str) -> OrderLine | None:
    """The place this code was printed for, if it is one of ours."""
    reference, _, rest = code.partition("-")
    number, _, given = rest.partition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < len("32767")):
        return None
    lines = OrderLine.objects.select_related("order__conference", "ticket_type")
    line = lines.filter(order__reference=reference, number=int(number), parent=None).first()
    return line if line and secrets.compare_digest(proof(line).encode(), given.encode()) else None
