"""Blocks that show people and organisations of the directory."""

import copy
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from network_site.base.blocks.groups import PEOPLE
from network_site.base.blocks.samples import link
from network_site.base.links import LinkBlock
from network_site.people.models import Organisation, Person


class FetchingChooser(SnippetChooserBlock):
    """A chooser that fetches what it will show of all its objects at once."""

    model_name: str
    picture: str = ""
    beside: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(self.model_name, **kwargs)

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        """The objects in the order of `values`; None where one is gone."""
        wanted = list(values)
        beside = [name for name in (self.picture, *self.beside) if name]
        objects = self.target_model.objects.select_related(*beside)
        if self.picture:
            objects = objects.prefetch_related(f"{self.picture}__renditions")
        found = objects.in_bulk([pk for pk in wanted if pk])
        return [copy.copy(found[pk]) if pk in found else None for pk in wanted]


class PersonChooser(FetchingChooser):
    """Somebody of the directory, with their portrait and where they work."""

    model_name = "people.Person"
    picture = "portrait"
    beside = ("organisation",)


class OrganisationChooser(FetchingChooser):
    """An organisation of the directory, with its logo."""

    model_name = "people.Organisation"
    picture = "logo"


class PeopleBlock(blocks.StructBlock):
    """Some people, in the editor's order."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), required=False)
    people = blocks.ListBlock(PersonChooser(), label=_("People"), min_num=1, max_num=60)

    def get_preview_value(self) -> Any:
        """Three people nobody has to be."""
        college = Organisation(name="A college")
        people = [
            Person(name="Amina Example", role="Co-chair", organisation=college, about="Began with a kettle."),
            Person(name="Bryn Example", role="Link worker", about="Knows every choir in the county."),
            Person(name="Carys Example", role="GP", about="Asks what matters before what is the matter."),
        ]
        return self.normalize({"heading": "Who we are", "intro": "", "people": people})

    class Meta:
        icon = "group"
        label = _("People")
        group = PEOPLE
        description = _("Portraits, names and roles, from the directory.")
        template = "pages/blocks/people.html"


class ContactBlock(blocks.StructBlock):
    """Whom to ask: one person of the directory, and how they are reached."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("What they can be asked about: “Questions about the awards?”")
    )
    person = PersonChooser(label=_("Person"))
    text = blocks.TextBlock(label=_("Text"), required=False, help_text=_("Such as when they answer."))
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)
    link = LinkBlock(
        label=_("Button"), is_optional=True, required=False, help_text=_("Such as a form to write to them.")
    )

    def get_preview_value(self) -> Any:
        """Somebody nobody has to be."""
        facts = {
            "heading": "Questions about the conference?",
            "person": Person(name="Amina Example", role="Conference secretary"),
            "text": "Answers on Mondays and Thursdays.",
            "email": "amina@example.org",
            "phone": "",
            "link": link("Write to us", "#"),
        }
        return self.normalize(facts)

    class Meta:
        icon = "user"
        label = _("Whom to ask")
        group = PEOPLE
        description = _("One person, what they can be asked about, and how they are reached.")
        template = "pages/blocks/contact.html"


class OrganisationsBlock(blocks.StructBlock):
    """Some organisations, in the editor's order."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), required=False)
    organisations = blocks.ListBlock(OrganisationChooser(), label=_("Organisations"), min_num=1, max_num=60)

    def get_preview_value(self) -> Any:
        """Two that do not exist."""
        names = ("The Weavers’ Trust", "University of the Dales", "Kettle and Thread")
        partners = [Organisation(name=name, website="https://example.org/") for name in names]
        return self.normalize({"heading": "Our partners", "intro": "", "organisations": partners})

    class Meta:
        icon = "globe"
        label = _("Organisations")
        group = PEOPLE
        description = _("Partners, with their logos and addresses.")
        template = "pages/blocks/organisations.html"
