"""Error files: what was sent, given back with what is wrong in it, so that it can be corrected there and sent again."""
