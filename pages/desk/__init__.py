"""Pages on which people of a partner report."""
