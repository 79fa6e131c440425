"""Commands of the research database."""
