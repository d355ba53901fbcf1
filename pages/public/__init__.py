"""Pages for everybody. Their figures are those of the API: no page has a number of its own."""
