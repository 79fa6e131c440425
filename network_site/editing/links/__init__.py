"""Links on our pages: found when a page is read, asked for politely by the worker, told to editors when they break."""
