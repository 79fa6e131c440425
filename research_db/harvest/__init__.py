"""The database for those who copy all of it: OAI-PMH 2.0."""
