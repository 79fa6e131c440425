"""The verbs and questions of the research database."""
