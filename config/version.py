"""The version of the program, as packaging metadata and the API description give it."""

VERSION = "0.13.0"
