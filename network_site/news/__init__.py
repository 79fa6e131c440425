"""News: short dated articles with their feeds."""
