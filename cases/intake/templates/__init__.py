"""Templates: what a partner fills in, and what it is told of that. Everything in them is made from the dictionary."""
