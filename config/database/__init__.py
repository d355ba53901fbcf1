"""Django's PostgreSQL, with a look at a connection that costs nothing. Django finds it by this package's name."""
