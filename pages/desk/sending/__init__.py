"""Sending a file on the desk: always a dry run first, then what was checked, then the receipt."""
