"""What people write to us: messages and where they go, whether a page helped, addresses asked for in vain."""

from network_site.contact.models.message import Message
from network_site.contact.models.missed import MissedAddress
from network_site.contact.models.opinion import Opinion
from network_site.contact.models.pages import ContactPage
from network_site.contact.models.topic import ContactTopic

__all__ = ["ContactPage", "ContactTopic", "Message", "MissedAddress", "Opinion"]
