"""The annual report: data made from published figures, read by people, approved by two, and shown by two renderers."""
