"""The reports that are expected of partners, whether they came in time, and when they are complete."""
