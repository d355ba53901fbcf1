"""The publishing layer, through its public functions and with a real PostgreSQL."""
