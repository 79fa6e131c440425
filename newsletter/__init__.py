"""The newsletter: archive and sending."""
