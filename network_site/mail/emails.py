"""Letters about accounts: their words come from people, their look from here."""

from typing import Any

from django.utils.translation import gettext_lazy

from network_site.mail.kinds import letter_kind
from network_site.mail.letters import Heading, Letter, Note, Paragraph


@letter_kind("people.account", gettext_lazy("Code, or news of an account"))
def account_letter(payload: dict[str, Any]) -> Letter:
    """A code to type in, or news of a change."""
    first, *rest = payload["paragraphs"]
    code = [Heading(payload["code"])] if payload["code"] else []
    note = [Note(payload["note"])] if payload["note"] else []
    return Letter(
        subject=payload["subject"],
        blocks=(Paragraph(first), *code, *(Paragraph(text) for text in rest), *note),
        preheader=first,
    )
