"""What delegates see of conferences."""
