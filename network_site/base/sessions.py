"""Sessions in the database, asked for only under names that one could have."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's, which asks the database for whatever a cookie says; PostgreSQL breaks off at a zero in it."""

    def _validate_session_key(self, key: Any) -> bool:
        return bool(super()._validate_session_key(key)) and key.isascii() and key.isalnum()  # type: ignore[misc]
