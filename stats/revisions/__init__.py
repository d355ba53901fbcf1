"""What happens to a release after the first: vintages and what changed between them, errata, `asOf`, and how one is cited."""
