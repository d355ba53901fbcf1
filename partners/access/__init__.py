"""Requests for access: one member of staff asks for a client or an invitation, another decides."""
