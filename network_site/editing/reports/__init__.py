"""Lists for editors: what should be read again, put right, or thrown away. Each can be filtered and downloaded."""
