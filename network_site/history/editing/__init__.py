"""Editing the history in the admin: lists, forms, previews, checks, and spreadsheets in and out."""
