"""Mail to people: their addresses, what they do not want, what was sent, and what came back (docs/mail.md)."""
