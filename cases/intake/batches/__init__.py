"""Deliveries: rows are read, checked and staged in chunks, compared with what is stored, and stored by one statement for many."""
