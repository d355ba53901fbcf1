"""Charts of figures: which ones an answer has, how they are drawn, and the pictures that are kept of what was published."""
