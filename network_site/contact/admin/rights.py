"""Who may do what with messages: Django's model permissions, named once."""

SEE_MESSAGES = "contact.view_message"
CHANGE_MESSAGES = "contact.change_message"
ERASE_MESSAGES = "contact.delete_message"
SEE_OPINIONS = "contact.view_opinion"
SEE_MISSED = "contact.view_missedaddress"
ADD_REDIRECTS = "wagtailredirects.add_redirect"
SEE_TOPICS = "contact.view_contacttopic"


def names() -> list[str]:
    """Every permission this desk asks for, with those of its topics."""
    topics = [f"contact.{verb}_contacttopic" for verb in ("add", "change", "delete")]
    return sorted({*(value for name, value in globals().items() if name.isupper()), *topics})
