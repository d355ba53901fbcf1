"""A person's rights: producing or erasing all data about the person of a case token. See docs/persons-rights.md."""
