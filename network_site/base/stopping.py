"""Asking long work to end after the item it is at."""

from threading import Event

_asked = Event()


def ask() -> None:
    """Ask this process’s work to end soon."""
    _asked.set()


def is_asked() -> bool:
    """Whether the work should end now, between two items."""
    return _asked.is_set()


def wait(seconds: float) -> bool:
    """Wait until the work should end, at most so many seconds; True when it should."""
    return _asked.wait(seconds)


def forget() -> None:
    """Begin anew."""
    _asked.clear()
