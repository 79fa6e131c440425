"""The research database."""
