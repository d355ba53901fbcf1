"""The annual report: data made from published figures, written by one person, published by another, and shown by two renderers."""
