"""Documents as PDF, set by typst."""
