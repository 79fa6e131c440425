"""The editors' guide inside the admin: a page for each topic, a list that can be searched, all of it printable."""
