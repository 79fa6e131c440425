"""Being found and shared: pictures, structured data, sitemap, feeds, robots."""
