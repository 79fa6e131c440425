"""What editors have on top of Wagtail: checks, reports, guide, dashboard."""
