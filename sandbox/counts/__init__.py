"""Counts that the organisations of the sandbox report of the published years, in all seven forms."""
