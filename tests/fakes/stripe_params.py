"""What the installed Stripe SDK says may be sent: every parameter, nested ones too, and the words each may hold."""

import re
import sys
from collections.abc import Iterator
from typing import Any

from stripe import RequestOptions

# Options of a request travel in headers, not among the parameters.
OPTIONS = set(RequestOptions.__annotations__)
ANY_NAME = re.compile(r"Dict\[str, ?str\]|UntypedStripeObject")


def unknown_parameters(sent: dict[str, Any], known: Any, *, path: str = "") -> Iterator[str]:
    """Every sent parameter the SDK does not know, such as "payment_method_types" or "line_items[0][price_dat]"."""
    for name, value in sent.items():
        here = f"{path}[{name}]" if path else name
        if name not in known.__annotations__ or (not path and name in OPTIONS):
            yield here
            continue
        said = repr(known.__annotations__[name])
        nested = nested_type(said, known)
        if nested is None or ANY_NAME.search(said):
            continue
        for number, part in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(part, dict):
                where = f"{here}[{number}]" if isinstance(value, list) else here
                yield from unknown_parameters(part, nested, path=where)


def wrong_values(sent: dict[str, Any], known: Any, *, path: str = "") -> Iterator[str]:
    """Every sent value of the wrong type, or a word that is not among those the SDK names."""
    for name, value in sent.items():
        here = f"{path}[{name}]" if path else name
        said = repr(known.__annotations__[name])
        nested = nested_type(said, known)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and nested is not None and not ANY_NAME.search(said):
                yield from wrong_values(part, nested, path=here)
            elif not _fits(part, said):
                yield f"{here}={part!r}"


def nested_type(said: str, known: Any) -> Any:
    """The parameters inside a parameter, if it has any."""
    module = sys.modules[known.__module__]
    names = [name for name in re.findall(r"\w+Params\w+", said) if hasattr(module, name)]
    return getattr(module, names[0]) if names else None


def _fits(value: object, said: str) -> bool:
    if isinstance(value, bool):
        return "bool" in said
    if isinstance(value, int):
        return "int" in said
    if isinstance(value, str) and "Literal[" in said:
        return f"'{value}'" in said
    if isinstance(value, str):
        return "str" in said
    return isinstance(value, dict) and bool(ANY_NAME.search(said))
