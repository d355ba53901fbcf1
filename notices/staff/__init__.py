"""Staff pages of crises, notices and services."""
