"""National action plans as pages: a list, and a page for each plan."""
