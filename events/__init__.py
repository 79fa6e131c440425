"""Conferences and tickets that can never be oversold."""
