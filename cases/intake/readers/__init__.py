"""Readers: from a file of a sender to rows, in bounded time and memory, whatever the file is (docs/decisions/0063)."""
