"""The base classes, templates and styles of staff pages."""
