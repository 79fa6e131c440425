"""Blocks one reads: text, quotes, notices, questions, steps."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from network_site.base.blocks.groups import FEATURES, READING, SMALL_FEATURES
from network_site.base.blocks.samples import NOWHERE
from network_site.base.links import LinkBlock


class TextBlock(blocks.RichTextBlock):
    """Headings, paragraphs and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = READING
        description = _("Headings, paragraphs, lists and links.")
        template = "base/blocks/text.html"
        preview_value = (
            "<h2>Who it can help</h2><p>People who are lonely, worried or new to a place; people who live with an "
            "illness that does not go away.</p><ul><li>A choir on Tuesdays</li><li>A garden that needs hands</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=150)
    source = LinkBlock(label=_("Where it was said"), is_optional=True, required=False)
    size = blocks.ChoiceBlock(
        label=_("Size"),
        choices=[("text", _("In the text")), ("large", _("Large: the one to remember"))],
        default="text",
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = READING
        description = _("Somebody’s own words, with their name.")
        template = "base/blocks/quote.html"
        form_layout = BlockGroup(children=["text", "who"], settings=["source", "size"])
        preview_value = {
            "text": "Do not begin with a leaflet. Begin with a kettle and something broken.",
            "who": "The mending table",
            "source": NOWHERE,
            "size": "large",
        }


class NoticeBlock(blocks.StructBlock):
    """Something a reader must not miss."""

    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("ok", _("Good news")), ("warn", _("Take care"))],
        default="note",
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_FEATURES, required=False)

    class Meta:
        icon = "warning"
        label = _("Notice")
        group = READING
        description = _("A few words set apart, such as a change of venue.")
        template = "base/blocks/notice.html"
        form_layout = BlockGroup(children=["heading", "text"], settings=["tone"])
        preview_value = {
            "tone": "warn",
            "heading": "The second day has moved to the library",
            "text": "<p>It is five minutes on foot. Somebody with a red scarf waits at the old door.</p>",
        }


class DetailsItem(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SMALL_FEATURES)


class DetailsBlock(blocks.StructBlock):
    """Questions whose answers open."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(DetailsItem(), label=_("Questions"), min_num=1, max_num=30)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = READING
        description = _("Short answers a reader opens one by one.")
        template = "base/blocks/details.html"
        preview_value = {
            "heading": "Questions people ask",
            "items": [
                {"question": "Do I need a referral?", "answer": "<p>Often not. Ask at your practice.</p>"},
                {"question": "Does it cost anything?", "answer": "<p>Seeing a link worker is free.</p>"},
                {"question": "May I bring a friend?", "answer": "<p>Yes.</p>"},
            ],
        }


class StepItem(blocks.StructBlock):
    """One thing to do, and how."""

    title = blocks.CharBlock(
        label=_("Step"), max_length=120, help_text=_("What to do, such as “Ask at your practice”.")
    )
    text = blocks.RichTextBlock(label=_("How"), features=SMALL_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    """What to do in which order, as stitches on the thread."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(StepItem(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = READING
        description = _("Two to twelve things to do, one after the other.")
        template = "base/blocks/steps.html"
        preview_value = {
            "heading": "How to see a link worker",
            "items": [
                {"title": "Ask at your practice", "text": "<p>Anybody who works there can put you in touch.</p>"},
                {"title": "Talk about what matters to you", "text": "<p>The first talk takes about an hour.</p>"},
                {"title": "Go along together", "text": "<p>Nobody has to walk into a full room alone.</p>"},
            ],
        }
