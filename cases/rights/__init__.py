"""A person's rights: what is held about her is produced, or erased, by the token of her case (docs/persons-rights.md)."""
