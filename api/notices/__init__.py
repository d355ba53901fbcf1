"""Notices for everybody, as JSON, Atom, CAP 1.2 and PDF; what partners say of them; and which services are open."""
