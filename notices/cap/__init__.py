"""Notices as messages of the Common Alerting Protocol 1.2: the tables of its specification as data, and the messages."""
