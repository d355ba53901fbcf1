"""Pages on which an organisation's people see its agreement and mandates, and its managers act on them."""
