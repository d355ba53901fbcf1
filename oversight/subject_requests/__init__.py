"""The register of persons' requests under data protection law: what was asked, by when, and what was answered.

It knows no person: no name, token or case stands in it. See docs/persons-rights.md.
"""
