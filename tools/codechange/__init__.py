"""Changing a code list: check, record, migrate."""
