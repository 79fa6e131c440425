"""Payments: knows money and gateways, not tickets."""
