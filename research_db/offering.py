"""What the research database offers to other pages."""
