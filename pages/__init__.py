"""HTTP for people: what they read, without signing in and with."""
