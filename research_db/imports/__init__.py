"""Bringing files in: read row by row, held against what is here, looked at by an editor, written, and undone."""
