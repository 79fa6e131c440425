"""Awards: nominations and fair judging."""
