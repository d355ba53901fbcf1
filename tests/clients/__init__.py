"""Clients that others' generators make of openapi.json: they compile, and they work."""
