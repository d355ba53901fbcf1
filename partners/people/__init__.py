"""People: staff of the centre and people of partners, how they are invited, sign in, and are switched off."""
