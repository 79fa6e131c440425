"""The letters about messages, written when they are sent: what was erased meanwhile is not in them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.base.dates import clock
from network_site.contact.models import Message
from network_site.mail.errors import MailError
from network_site.mail.kinds import letter_kind
from network_site.mail.letters import Block, Button, Facts, Heading, Letter, Note, Paragraph


@letter_kind("contact.message", gettext_lazy("Message from a visitor"))
def message(payload: dict[str, Any]) -> Letter:
    """To whom a message is for; an answer to this letter goes to the person who wrote."""
    found = _message(payload)
    topic = found.topic_label or _("A message")
    blocks: tuple[Block, ...] = (
        Heading(topic),
        Facts(_facts(found)),
        Paragraph(found.text),
        Button(_("Open it at the desk"), settings.SITE_URL + reverse("contact_messages:message", args=[found.pk])),
        Note(
            _("If you answer this letter, your answer goes to %(name)s. Then mark the message as answered.")
            % {"name": found.name}
        ),
    )
    subject = _("%(topic)s (%(reference)s)") % {"topic": topic, "reference": found.reference}
    return Letter(subject, blocks, preheader=found.text[:100])


@letter_kind("contact.thanks", gettext_lazy("Thanks for a message"))
def thanks(payload: dict[str, Any]) -> Letter:
    """To who wrote: it arrived, when we answer, and their own words if they asked for them."""
    found = _message(payload)
    blocks: list[Block] = [Heading(_("Your message arrived")), Paragraph(_promise(found)), Facts(_kept(found))]
    if found.is_copy_wanted:
        blocks += [Heading(_("What you wrote")), Paragraph(found.text)]
    blocks.append(
        Note(_("If you did not write to us, somebody typed your address by mistake. You need not do anything."))
    )
    subject = _("Your message arrived (%(reference)s)") % {"reference": found.reference}
    return Letter(subject, tuple(blocks), preheader=_promise(found))


def _message(payload: dict[str, Any]) -> Message:
    found = Message.objects.select_related("topic").get(pk=payload["message"])
    if found.erased_at:
        raise MailError(_("The message was erased, so there is nothing to send."))
    return found


def _promise(found: Message) -> str:
    if found.topic and found.topic.answer_time:
        return _("Thank you for writing to us. We answer %(time)s.") % {"time": found.topic.answer_time}
    return _("Thank you for writing to us. We answer as soon as we can.")


def _facts(found: Message) -> tuple[tuple[str, str], ...]:
    rows = ((_("From"), found.name), (_("Address"), found.email), (_("Organisation"), found.organisation))
    return (*((label, value) for label, value in rows if value), *_kept(found))


def _kept(found: Message) -> tuple[tuple[str, str], ...]:
    received = localtime(found.received_at)
    when = f"{date_format(received, 'j F Y')}, {clock(found.received_at)}"
    about = ((_("About"), found.topic_label),) if found.topic_label else ()
    return (*about, (_("Received"), when), (_("Reference"), found.reference))
