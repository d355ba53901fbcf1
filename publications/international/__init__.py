"""Files for international organisations: what each asks for, from published releases alone, made by one, sent by another."""
