"""How the server's handler and the views speak of a body that comes in chunks."""

# In the environ of a request whose body is still to be read from the wire, to an end that nothing announces.
CHUNKED = "henvis.chunked"
