"""Notices to staff, as letters of the outbox."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy

from network_site.base.notices import Notice, carriers
from network_site.mail import outbox
from network_site.mail.kinds import letter_kind
from network_site.mail.letters import Button, Heading, Letter, Paragraph


@carriers.add("mail")
def carry(notice: Notice) -> None:
    """Promise the letter; the worker sends it."""
    outbox.queue("staff.notice", to=notice.to, dedupe_key=notice.key, payload=asdict(notice))


@letter_kind("staff.notice", gettext_lazy("Notice to staff"))
def notice_letter(payload: dict[str, Any]) -> Letter:
    """What happened, and the one place to go."""
    paragraphs = tuple(Paragraph(text) for text in payload["paragraphs"])
    return Letter(
        subject=payload["subject"],
        blocks=(Heading(payload["subject"]), *paragraphs, Button(payload["button"], payload["url"])),
        preheader=payload["paragraphs"][0] if payload["paragraphs"] else "",
    )
