"""Blocks that show what the rooms of the network have: conferences, new writing, words kept once for several pages."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from events.models import Conference
from network_site.base.blocks.groups import NETWORK
from network_site.pages.blocks.people import FetchingChooser
from network_site.pages.callouts import Callout
from network_site.pages.next_conference import past, upcoming


class ShownValue(blocks.StructValue):
    """What an editor asked for; `samples` stand in for what is found, where a block is only looked at."""

    samples: list[Any] | None = None


class FindingBlock(blocks.StructBlock):
    """A block that finds what it shows each time it is shown."""

    def find(self, value: Any) -> list[Any]:
        """What there is to show."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        found = self.find(value) if value.samples is None else value.samples
        return {**super().get_context(value, parent_context=parent_context), "found": found}

    def sampled(self, facts: dict[str, Any], samples: list[Any]) -> Any:
        """A value to look at."""
        value = self.normalize(facts)
        value.samples = samples
        return value

    class Meta:
        value_class = ShownValue
        abstract = True


class ConferencesBlock(FindingBlock):
    """Conferences to come, or those that were."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    which = blocks.ChoiceBlock(
        label=_("Which"), choices=[("next", _("The next ones")), ("past", _("The last ones"))], default="next"
    )
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=12, default=3)

    def find(self, value: Any) -> list[Conference]:
        """The conferences nearest to today."""
        found = past if value["which"] == "past" else upcoming
        return list(found(timezone.localdate()).filter(page__live=True)[: value["most"] or 3])

    def get_preview_value(self) -> Any:
        """Two that are not announced."""
        leeds = Conference(title="Threads that hold", town="Leeds", venue="The old library", slug="-")
        leeds.starts_on, leeds.ends_on, leeds.status = date(2027, 5, 6), date(2027, 5, 7), Conference.Status.ON_SALE
        cardiff = Conference(title="What matters to you", mode=Conference.Mode.VIRTUAL, starts_on=date(2027, 10, 7))
        facts = {"heading": "Where we meet next", "which": "next", "most": 3}
        return self.sampled(facts, [leeds, cardiff])

    class Meta:
        icon = "calendar-alt"
        label = _("Conferences")
        group = NETWORK
        description = _("The next or the last conferences; they come by themselves.")
        template = "pages/blocks/conferences.html"
        form_layout = BlockGroup(children=["heading", "which"], settings=["most"])
        # A new day may bring another conference, and so may the conference desk.
        lives = True


class WritingBlock(FindingBlock):
    """The newest writing of every room."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=12, default=3)

    def find(self, value: Any) -> list[Any]:
        """The newest first."""
        from network_site.pages.writing import newest  # which knows the kinds the home page's blocks name

        return newest(value["most"] or 3)

    def get_preview_value(self) -> Any:
        """Two things nobody wrote."""
        from network_site.pages.writing import Entry

        entries = [
            Entry(
                "#", "A link worker’s first week", "Nobody told me about the biscuits.", "News", "tag--time", "c-indigo"
            ),
            Entry("#", "What is social prescribing?", "From the beginning, in plain words.", "Guide", "tag--teal", ""),
        ]
        return self.sampled({"heading": "New here", "most": 3}, entries)

    class Meta:
        icon = "doc-full"
        label = _("Newest writing")
        group = NETWORK
        description = _("What was published last in every part of the site; it comes by itself.")
        template = "pages/blocks/writing.html"
        form_layout = BlockGroup(children=["heading"], settings=["most"])


class CalloutChooser(FetchingChooser):
    """Words kept once, with the page they lead to."""

    model_name = "pages.Callout"
    beside = ("page",)


class CalloutBlock(blocks.StructBlock):
    """Words kept once and shown on several pages."""

    callout = CalloutChooser(label=_("Callout"))

    def get_preview_value(self) -> Any:
        """One nobody kept."""
        callout = Callout(
            name="Crisis",
            heading="If you need help now",
            text="<p>Call <b>999</b> in an emergency, or Samaritans on <b>116 123</b> at any hour.</p>",
            tone=Callout.Tone.WARN,
        )
        return self.normalize({"callout": callout})

    class Meta:
        icon = "thumbtack"
        label = _("Callout")
        group = NETWORK
        description = _("Words written once and shown on several pages: change them in one place.")
        template = "pages/blocks/callout.html"
