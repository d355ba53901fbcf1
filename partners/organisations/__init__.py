"""The life of an organisation: its agreement, its names, its successor, and who may submit for it."""
