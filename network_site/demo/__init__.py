"""The demonstration site: one command from nothing to a page."""
