"""Tests of vintages, changes, errata, moments and citations."""
