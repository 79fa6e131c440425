"""What the templates of conferences ask for."""
