"""Pages that show several features: home, explainer, people."""
