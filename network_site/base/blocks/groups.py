"""How the blocks are grouped where an editor picks one, and what their text may hold."""

from django.utils.translation import gettext_lazy as _

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SMALL_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]

READING = _("Reading")
PICTURES = _("Pictures and films")
FACTS = _("Facts")
LEADING_ON = _("Leading on")
PEOPLE = _("People")
NETWORK = _("From the network")
