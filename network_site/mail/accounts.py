"""The account adapter whose mails are letters: kept in the outbox like all, and sent at once where possible."""

from dataclasses import asdict
from functools import partial

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from network_site.base import tokens
from network_site.mail import outbox
from network_site.mail.models import OutgoingMail
from network_site.people.adapter import AccountAdapter as PeoplesAdapter
from network_site.people.letters import AccountLetter


class AccountAdapter(PeoplesAdapter):
    """Somebody waits for a code, so it does not wait for the worker; what cannot go now goes with its next round."""

    def post(self, letter: AccountLetter, *, to: str) -> None:
        key = f"account:{tokens.secret()}"
        outbox.queue("people.account", to=to, dedupe_key=key, payload=asdict(letter))
        transaction.on_commit(partial(send_now, key), robust=True)


def send_now(key: str) -> None:
    """Send one queued letter without waiting for the worker."""
    line = get_connection()
    try:
        outbox.send_all(
            list(OutgoingMail.objects.filter(dedupe_key=key).values_list("pk", flat=True)),
            line=line,
            now=timezone.now(),
        )
    finally:
        line.close()
