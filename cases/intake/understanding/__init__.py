"""Understanding: from the columns and cells of a table to members of a row, as JSON has them (docs/decisions/0063)."""
