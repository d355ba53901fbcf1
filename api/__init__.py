"""HTTP only: routes, structs built from the dictionary, problems, formats."""
