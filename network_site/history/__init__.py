"""The network’s history: moments, eras and themes on one thread."""
