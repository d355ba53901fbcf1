"""An error file comes back as it is, whatever it says; and nobody smuggles a name behind what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import batched, cycle, pairwise, product
from pathlib import Path
from random import Random

import pytest

from cases.intake.batches.own_sentences import without_ours
from cases.intake.batches.reports import marks_of
from cases.intake.batches.results import Result
from cases.intake.batches.rows import RowReader
from cases.intake.batches.stream import RowStream
from cases.intake.batches.wording import sentence as said_to_programs
from cases.intake.batches.wording import sentence_in_file
from cases.intake.errorfiles.files import errors_csv, errors_xlsx
from cases.intake.errorfiles.tables import MOST_TEXT, SentFile
from cases.intake.findings import FileRefused, Finding
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME, COLUMNS
from cases.intake.templates.files import csv_file
from cases.intake.understanding.codes import CODED, covering
from cases.intake.understanding.mapping import MappingContent
from cases.intake.values import SEVERAL
from tests.cases.guard.identifiers import identifiers
from tests.cases.intake.batches.sending import row

DAY = date(2026, 11, 26)
NAMES = tuple(column.name for column in COLUMNS)
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def findings() -> list[Finding]:
    """Every rule on a row, by itself and about a field, every guess, and what is said of a stored version."""
    fields = cycle(BY_NAME)
    guesses = [Finding("code_unknown", name, suggestion=code) for name in CODED for code in CODED[name].allowed]
    guesses += [Finding(SEVERAL, name, allowed=codes) for name in CODED for codes in covering(name).values()]
    stored = [
        Finding(rule, "version", stored_version=version, stored_at=f"20{year}-0{version}-2{version}T09:0{version}:00Z")
        for rule in ("version_needed", "version_stale", "withdrawn")
        for version, year in ((1, 26), (7, 31))
    ]
    of_rules = [each for rule in RULES for each in (Finding(rule), Finding(rule, field=next(fields)))]
    return [*of_rules, *stored, *guesses]


def guard(path: Path, **more: object) -> int:
    """The guard looks at a file; how many rows it has. Raises `FileRefused`."""
    return RowStream(path, None, RowReader(), name=path.name, **more).guard()  # type: ignore[arg-type]


def with_errors(path: Path, notes: Sequence[str], head: str = "Fejl") -> Path:
    """A CSV of ours with so many rows and a column in front."""
    first, *lines = csv_file("da", [row() for _ in notes]).decode("utf-8-sig").splitlines()
    texts = [f'"{note.replace('"', '""')}";{line}' for note, line in zip(notes, lines, strict=True)]
    path.write_text("\n".join([f"{head};{first}", *texts]), "utf-8", newline="")
    return path


@LANGUAGES
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_error_file_comes_back_with_any_sentence_and_any_two(language: str, form: str, tmp_path: Path) -> None:
    said = findings()
    of_rules = [Finding(rule) for rule in RULES]
    in_rows = [[each] for each in of_rules] + [[*pair] for pair in pairwise(of_rules)]
    in_rows += [[*each] for each in batched(said, 9)] + [[*said]]
    rows = [(number, row()) for number in range(2, len(in_rows) + 2)]
    marks = {
        number: marks_of(
            Result(0, number, None, None, "rejected", None, tuple(each)), partial(sentence, language=language)
        )
        for (number, _), each in zip(rows, in_rows, strict=True)
    }
    file = SentFile(tmp_path / "away", "ndjson", len(rows), NAMES)
    rejected = [*rows, (len(rows) + 2, {})]
    path = tmp_path / f"errors.{form}"
    if form == "xlsx":
        path.write_bytes(errors_xlsx(file, marks, rejected, language=language, day=DAY) or b"")
    else:
        path.write_bytes(errors_csv(file, marks, rejected, language=language) or b"")
    assert guard(path) == len(rows)


@LANGUAGES
@pytest.mark.parametrize("between", ["\n", "\r\n", " "])
def test_of_any_two_sentences_nothing_is_left(language: str, between: str) -> None:
    said = [sentence(Finding(rule), language) for rule in RULES]
    assert {left for pair in product(said, said) if (left := without_ours(between.join(pair)))} == set()


@LANGUAGES
def test_the_sentences_of_the_api_and_of_older_files_are_known_too(language: str) -> None:
    assert {left for each in findings() if (left := without_ours(said_to_programs(each, language)))} == set()


def sentence(finding: Finding, language: str) -> str:
    """What a file says to a person."""
    return sentence_in_file(finding, language, on_desk=True)


def sentences() -> Iterator[str]:
    """Sentences of ours without end."""
    rng, said = Random(5), findings()
    while True:
        yield sentence(rng.choice(said), rng.choice(("da", "en")))


def test_what_the_sender_writes_beside_our_sentences_is_looked_at(tmp_path: Path) -> None:
    """Behind them in a line, in a line of its own, between two of them, and in the columns of both languages."""
    ours, rng = sentences(), Random(6)
    texts = [str(value) for _, value in identifiers(600, seed=9) if isinstance(value, str) and "\n" not in value][:300]
    forms = ("{0} {1}", "{0}\n{1}", "{1}\n{0}", "{0}\n{1}\n{2}", "{0} {2} {1}", "{1}", "… {1}")
    notes = [rng.choice(forms).format(next(ours), text, next(ours)) for text in texts]
    assert max(map(len, notes)) < MOST_TEXT
    for head in ("Fejl", " ERRORS "):
        with pytest.raises(FileRefused) as refusal:
            guard(with_errors(tmp_path / "a.csv", notes, head))
        assert (refusal.value.code, refusal.value.total) == ("identifier_in_file", len(notes))
        assert {each.column for each, _ in refusal.value.findings} == {0}


SMUGGLED = (
    "Køn: Koden er ikke på kodelisten. Mente du Mette Zyxwv?",
    "Mette Zyxwv: Feltet skal være der.",
    "Køn (Mette Zyxwv): To kolonner er det samme felt.",
    "Version: Rækken retter en anden version end den, der er gemt nu. Version 0101901234 er gemt, siden 1.1.2026 kl. 09.00.",
    "Version: Rækken retter en anden version end den, der er gemt nu. Version 1 er gemt, siden 14.3.1985 kl. 09.00.",
    "Version: The row corrects another version than the one that is stored now. Version 1 is stored, since 14 Zyxwv 2026, 09:00.",
    "Linje 0101901234 kunne ikke læses.",
    "Feltet skal være der.Mette Zyxwv",
)


@pytest.mark.parametrize("text", SMUGGLED)
def test_nothing_stands_in_the_places_of_a_sentence_that_we_did_not_put_there(text: str, tmp_path: Path) -> None:
    assert without_ours(text)
    with pytest.raises(FileRefused):
        guard(with_errors(tmp_path / "a.csv", [text]))


def test_our_sentences_are_known_in_the_column_of_errors_alone(tmp_path: Path) -> None:
    """A column that the sender says is a field has the sender's values."""
    text = " ".join(sentence(Finding("required", field=name), "da") for name in ("gender", "region"))
    guard(with_errors(tmp_path / "a.csv", [text]))
    for head, mapping in (("Fejltekst", MappingContent()), ("Fejl", MappingContent(columns={"Fejl": "gender"}))):
        with pytest.raises(FileRefused) as refusal:
            guard(with_errors(tmp_path / "a.csv", [text], head), mapping=mapping)
        assert refusal.value.code == "identifier_in_file"


def test_what_is_looked_through_for_our_sentences_counts(tmp_path: Path) -> None:
    path = with_errors(tmp_path / "a.csv", ["Feltet skal være der."] * 50)
    assert guard(path, most_text=2_000) == 50
    with pytest.raises(FileRefused) as refusal:
        guard(path, most_text=1_000)
    assert refusal.value.code == "payload_too_large"
