"""Who gets a message."""

from django.conf import settings

from network_site.contact.models import ContactTopic


def addresses(topic: ContactTopic | None) -> list[str]:
    """Where messages about this topic go: its address, or its group's; the network's own where there is none."""
    if topic and topic.email:
        return [topic.email]
    if topic and topic.group:
        members = topic.group.user_set.filter(is_active=True).exclude(email="").order_by("email")
        found = list(members.values_list("email", flat=True))
        if found:
            return found
    return [settings.CONTACT_EMAIL]
