"""Taking away: files, citations, unAPI."""
