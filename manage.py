#!/usr/bin/env python
"""Django's command line for Henvis."""

import os
import sys

# Commands that work without a database; before all others its version and its pepper are looked at.
OFFLINE = {
    "help",
    "version",
    "check",
    "check_proxy",
    "codelist",
    "dimension",
    "makemigrations",
    "record_of_processing",
    "roles document",
    "spectacular",
    "compilemessages",
}


def main() -> None:
    """Run one management command."""
    if sys.argv[1:3] == ["release", "verify-public"]:
        from stats.protection.verify.files import verify_files

        sys.exit(verify_files(sys.argv[3:]))  # for everybody: without settings, secrets or a database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import demands, env

    names = {" ".join(sys.argv[1:end]) for end in (2, 3)}
    if len(sys.argv) > 1 and not names & OFFLINE and not {"-h", "--help"} & set(sys.argv):
        demands.check(env.require("DATABASE_URL"))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
