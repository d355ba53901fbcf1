"""How long what is held is kept, and what deletes it at the end."""
