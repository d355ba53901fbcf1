"""The frame of every page: the design system, the header, the footer."""
