"""Who is told what and when: deadlines, what waits on a desk, what ends soon (docs/mail.md). `partners.mail` sends it."""
