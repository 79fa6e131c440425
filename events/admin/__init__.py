"""The conference desk in the Wagtail admin: what a conference manager does without a developer."""
