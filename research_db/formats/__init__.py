"""Bibliographic files: reading them record by record, and writing them; knows no database."""
