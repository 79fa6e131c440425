"""The outbox: every message leaves once."""
