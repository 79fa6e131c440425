"""What a room says about its own kinds of things: found by the thing's class, or by a class above it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Said = TypeVar("Said", bound=Callable[..., Any])


class ByModel(Generic[Said]):
    """Functions of one shape by the model they speak for; a room registers in a module that its `ready` imports.

    @describes(ConferencePage)
    def conference(page: ConferencePage) -> list[Node]: ...
    """

    def __init__(self) -> None:
        self._said: dict[type, Said] = {}

    def __call__(self, model: type) -> Callable[[Said], Said]:
        """Let the decorated function speak for this model and those made from it; a second time replaces it."""

        def keep(said: Said) -> Said:
            self._said[model] = said
            return said

        return keep

    def of(self, thing: object) -> Said | None:
        """The function for the nearest class of this thing; None where no room has one."""
        return next((self._said[kind] for kind in type(thing).__mro__ if kind in self._said), None)
