"""The life of organisations: agreement, names, mandates, successions."""
