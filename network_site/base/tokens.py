"""Secrets for links, and references that people read out on the telephone."""

import secrets

# No 0/O, 1/I/L, 5/S, 8/B, 2/Z: what is left cannot be misread.
READABLE = "34679ACDEFGHJKMNPQRTUVWXY"
SECRET_LENGTH = 22


def secret() -> str:
    """A link's secret: 22 characters, 128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def reference(length: int = 6) -> str:
    """A reference of `length` characters that can be read aloud; 25^6 is 244 million.

    Not secret and not promised to be new: the database's unique constraint does that, and the caller tries again.
    """
    return "".join(secrets.choice(READABLE) for _ in range(length))
