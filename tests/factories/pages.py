"""What a page's body and its links are made of."""

import json
from typing import Any

NO_LINK = {"text": "", "page": None, "url": ""}


def raw(*blocks: tuple[str, Any]) -> str:
    """A body of these blocks, as it stands in the database."""
    return json.dumps([{"type": name, "value": value} for name, value in blocks])
