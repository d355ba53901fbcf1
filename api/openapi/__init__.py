"""The description of the API (OpenAPI 3.1), made from the dictionary, the error catalogue and what stands on the views."""
