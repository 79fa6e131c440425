"""What rooms with an index of their own have for the words of a search, shown beside the results of the site.

A room adds a function that is given the words and answers with the few best, how many there are, and where all are:

    @beside.add("research")
    def publications(words: str) -> Beside | None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass

from network_site.base.offers import Offers
from network_site.search.kinds import Words
from network_site.search.shown import Shown


@dataclass(frozen=True)
class Beside:
    """The best of a room.

    Args:
        key: the name of the room on the page: "research".
        label: what the room is called: "Research database".
        count: how many there are.
        every: the link to all of them, in words: "All 32 publications".
        address: where that link leads.
        best: the few best, as results are shown.
    """

    key: str
    label: Words
    count: int
    every: Words
    address: str
    best: tuple[Shown, ...]


beside: Offers[Callable[[str], Beside | None]] = Offers()
