"""Who may do what at the desk: Django's model permissions, named once."""

SEE_CONFERENCES = "events.view_conference"
CHANGE_CONFERENCE = "events.change_conference"
SEE_ORDERS = "events.view_order"
CHANGE_ORDERS = "events.change_order"
TAKE_ATTENDEES = "events.view_orderline"
KEEP_BACK = "events.add_staffhold"
LET_GO = "events.change_staffhold"
SEE_MONEY = "payments.view_payment"
GIVE_MONEY_BACK = "payments.add_refund"
SEE_MESSAGES = "payments.view_webhookevent"
REPEAT_MESSAGES = "payments.change_webhookevent"
SEE_INCIDENTS = "base.view_incident"
RESOLVE_INCIDENTS = "base.change_incident"
SEE_TRAIL = "base.view_auditentry"
SEE_MAIL = "mail.view_outgoingmail"
SEND_MAIL = "mail.change_outgoingmail"
ADD_CONFERENCE = "events.add_conference"
# What is made, changed and removed from a conference's tickets page.
STOCK = ("quota", "tickettype", "session")


def names() -> list[str]:
    """Every permission the desk asks for, with those of its forms."""
    verbs = [f"events.{verb}_{model}" for verb in ("add", "change", "delete") for model in STOCK]
    return sorted({*(value for name, value in globals().items() if name.isupper() and name != "STOCK"), *verbs})
