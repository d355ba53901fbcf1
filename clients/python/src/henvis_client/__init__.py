"""Client and command line of Henvis."""
