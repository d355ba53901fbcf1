"""When a year is open for new records and for corrections, and who has signed it."""
