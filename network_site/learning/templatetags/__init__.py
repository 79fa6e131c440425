"""Template tags of courses and resources."""
