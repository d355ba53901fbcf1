"""What one member of staff asks for and another decides: clients of partners, and invitations of people."""
