"""The one error every feature's own error is made from."""


class HouseError(Exception):
    """Something a visitor did that cannot be done; the message is a sentence fit for them.

    Each feature has one subclass; its views catch that subclass only.
    """
