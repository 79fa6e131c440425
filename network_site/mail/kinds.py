"""Which letters there are: a name, and who writes it when it is time to send."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from network_site.mail.errors import MailError
from network_site.mail.letters import Letter

Compose = Callable[[dict[str, Any]], Letter]
KINDS: dict[str, Compose] = {}
NAMES: dict[str, str | Promise] = {}


def letter_kind(name: str, called: str | Promise = "") -> Callable[[Compose], Compose]:
    """Register the function that writes letters of the kind `name`, such as "events.order_paid"; `called`: for people.

    It gets what was queued and is called outside transactions, when the letter is sent or looked at.
    """

    def register(compose: Compose) -> Compose:
        if KINDS.get(name, compose) is not compose:
            raise ValueError(f"Two functions want to write letters of the kind {name!r}.")
        KINDS[name] = compose
        NAMES[name] = called
        return compose

    return register


def name_of(kind: str) -> str:
    """What people call letters of this kind; the kind itself where nobody said."""
    return str(NAMES.get(kind) or kind)


def write(kind: str, payload: dict[str, Any]) -> Letter:
    """Write a letter of `kind`; MailError when nobody knows how."""
    if kind not in KINDS:
        raise MailError(f"Nobody knows how to write a letter of the kind “{kind}”.")
    return KINDS[kind](payload)
