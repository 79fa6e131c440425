"""Finding publications: each host's own index, what a visitor asks of it, and what it answers."""
