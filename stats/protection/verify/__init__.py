"""The verifier: it checks the certificate of a release, and downloaded tables against it, by adding up.

It needs Python's standard library and nothing else: no solver, no database, no other file of this project. Whoever copies this
folder runs it where it lies, and needs to trust no program but this one:

    python3 -m verify certificate.json … table.csv …
"""
