"""Which letters there are: a name, and who writes it when it is time to send."""

from collections.abc import Callable
from typing import Any

from network_site.mail.errors import MailError
from network_site.mail.letters import Letter

Compose = Callable[[dict[str, Any]], Letter]
KINDS: dict[str, Compose] = {}


def letter_kind(name: str) -> Callable[[Compose], Compose]:
    """Register the function that writes letters of the kind `name`, such as "events.order_paid".

    It gets what was queued and is called outside transactions, when the letter is sent or looked at.
    """

    def register(compose: Compose) -> Compose:
        if KINDS.get(name, compose) is not compose:
            raise ValueError(f"Two functions want to write letters of the kind {name!r}.")
        KINDS[name] = compose
        return compose

    return register


def write(kind: str, payload: dict[str, Any]) -> Letter:
    """Write a letter of `kind`; MailError when nobody knows how."""
    if kind not in KINDS:
        raise MailError(f"Nobody knows how to write a letter of the kind “{kind}”.")
    return KINDS[kind](payload)
