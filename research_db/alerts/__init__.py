"""Saved searches: asked for, confirmed, told of what is new once and never again, paused and stopped."""
