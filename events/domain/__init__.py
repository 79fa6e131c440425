"""The verbs of ticketing: files are nouns, functions are verbs."""
