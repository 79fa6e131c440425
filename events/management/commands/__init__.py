"""Commands of the conferences."""
