"""What delegates see of conferences: each view validates and calls one verb."""
