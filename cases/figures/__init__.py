"""Charts of published figures: what is drawn of which answer, and the drawings that are kept."""
