"""What visitors ask of the research database."""
