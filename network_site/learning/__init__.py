"""Courses, guides, films and downloads, to be found by what one needs."""
