"""Notices in a crisis, in the languages of those whom they concern, and which services are open. Texts and codes, never persons."""
