"""Writing to us, and telling us whether a page helped."""
