"""What people can write about, and who gets it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from network_site.contact.domain.routing import addresses
from network_site.contact.models import ContactTopic


def goes_to(topic: ContactTopic) -> str:
    """Everybody who gets a message about this topic."""
    return ", ".join(addresses(topic))


class ContactTopicViewSet(SnippetViewSet):
    """The choices on the contact form, in their order."""

    model = ContactTopic
    icon = "list-ul"
    menu_label = _("Contact topics")
    menu_item_is_registered = True
    list_display = [
        "label",
        Column("goes_to", label=_("Goes to"), accessor=goes_to),
        "answer_time",
        BooleanColumn("is_offered", label=_("Can be chosen")),
    ]
    search_fields = ["label", "email"]
    sort_order_field = "sort_order"
    ordering = ["sort_order", "pk"]
    panels = [
        FieldPanel("label"),
        FieldPanel("is_offered"),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("group")], heading=_("Who gets it")),
        FieldPanel("answer_time"),
        MultiFieldPanel(
            [
                HelpPanel(_("Shown when somebody chooses this topic: often the answer is there already.")),
                FieldPanel("help_words"),
                FieldPanel("help_page"),
                FieldPanel("help_url"),
            ],
            heading=_("The answer may be here"),
        ),
    ]
