"""The database for programs: plain JSON at addresses that stay."""
