"""The practice gateway on a bad day: silent, or doing what it is asked and losing the answer."""

from enum import Enum
from typing import Any

from network_site.payments.errors import GatewayRefused, GatewayUnreachable
from network_site.payments.practice_gateway import PracticeGateway

ASKED = {"open_session", "look_up", "expire", "refund", "look_up_refund"}


class Mood(Enum):
    """How it answers."""

    FINE = "fine"
    SILENT = "silent"
    LOST = "does it, and the answer is lost"
    NO = "refuses"


class MoodyGateway(PracticeGateway):
    """Every instance is in the mood that was set last."""

    mood = Mood.FINE

    def __getattribute__(self, name: str) -> Any:
        verb = super().__getattribute__(name)
        if name not in ASKED or MoodyGateway.mood == Mood.FINE:
            return verb
        if MoodyGateway.mood == Mood.NO:
            # Only opening a page is refused: a no to anything else is final, and staff are asked.
            return _refuse if name == "open_session" else verb
        return _silent(verb if MoodyGateway.mood == Mood.LOST else None)


def _refuse(*_facts: Any, **_more: Any) -> None:
    raise GatewayRefused("…")


def _silent(verb: Any) -> Any:
    def ask(*facts: Any, **more: Any) -> None:
        if verb is not None:
            verb(*facts, **more)
        raise GatewayUnreachable("…")

    return ask
