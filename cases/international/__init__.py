"""Files for bodies abroad: what each asks for, from published releases alone, made by one person and sent by another."""
