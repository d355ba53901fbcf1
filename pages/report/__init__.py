"""The annual report as pages, and its files as they were published."""
