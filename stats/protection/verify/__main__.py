"""`python3 -m verify certificate.json … table.csv …`: the exit status is 0 where every check passed, else 1."""

from __future__ import annotations

import sys

from .files import verify_files

sys.exit(verify_files(sys.argv[1:]))
