"""Snapshot, cube, release and the reading of cells, on a real PostgreSQL."""
