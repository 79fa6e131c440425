"""Search over everything public, one engine on every database."""
