"""The messages' desk in the Wagtail admin."""
