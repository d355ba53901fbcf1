"""The feedback to a partner on a year, and the looks of the centre at the partner's desk: pages for the partner's people."""
