"""The research database in the Wagtail admin."""
