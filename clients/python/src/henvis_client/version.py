"""The version of the client. A test holds it equal to that of the package."""

VERSION = "0.13.0"
