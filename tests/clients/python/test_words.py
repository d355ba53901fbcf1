"""What a person reads: in her language, for any width, and without the words of programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON
from henvis_client.cli.refusals import PROBLEMS, RULES
from tests.clients.python.files import csv_text, held, ndjson, rows, wrong
from tests.clients.python.machine import Machine, help_in
from tests.clients.python.register import Register

# What Typer would say by itself.
OF_TYPER = re.compile(
    r"Usage|Options:|Arguments:|Commands:|Aborted|Error|Missing|No such|Try |default|required|Show this|y/N|"
    r"unexpected|Invalid|OPTIONS|\bTEXT\b|\bFILE\b|\bPATH\b|COMMAND",
)
OF_PROGRAMS = re.compile(r"/api/|needs_review|Idempotency|dry_run|prefer=|handling=|skema", re.IGNORECASE)
LINES: list[list[str]] = [
    ["send"],
    ["sennd"],
    ["send", "--lenientt", "x.csv"],
    ["send", "x.csv", "--prefer", "oldest"],
    ["send", "x.csv", "--prefer"],
    ["send", "x.csv", "y.csv"],
    ["outbox"],
    ["outbox", "nothing"],
    ["--help"],
    ["check", "-h"],
    ["commit", "--help"],
    [],
]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_no_word_of_typer_is_english_where_the_language_is_danish(tester: Machine, line: list[str]) -> None:
    tester.set_variables(HENVIS_LANG="da")
    ending = tester.henvis(*line)
    assert ending.code == (0 if {"--help", "-h"} & set(line) else 2)
    assert ending.out + ending.err
    assert not OF_TYPER.findall(ending.out + ending.err)


def test_wrong_usage_says_what_was_meant(tester: Machine) -> None:
    assert "Mente du send?" in tester.henvis("sennd", "--lang", "da").err
    assert "Did you mean --lenient?" in tester.henvis("send", "--lenientt").err
    assert "FIL" in tester.henvis("send", "--lang", "da").err
    assert tester.henvis("send", "--json").json["error"]["code"] == "usage"


def test_a_question_is_answered_in_either_language(tester: Machine, good: Path, service: Register) -> None:
    service.mode = "LIVE"
    tester.log_in()
    tester.set_variables(HENVIS_PROFILE="live", HENVIS_LANG="da")
    ending = tester.henvis("send", good, typed="måske\nnej\n")
    assert ending.code == 2
    assert ending.err.count("[j/N]") == 2
    assert not OF_TYPER.findall(ending.err)
    assert tester.henvis("send", good, typed="ja\n").code == 0
    assert len(service.stored) == 3


def test_who_breaks_off_hears_what_is_safe(tester: Machine, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("henvis_client.outbox.Outbox.send", interrupt)
    ending = tester.henvis("send", good, "--lang", "da")
    assert ending.code == 130
    assert "I udbakken ligger krypteret: 1. Send med `henvis outbox send`" in ending.err
    assert tester.henvis("outbox", "clear", "--lang", "da").code == 2


@pytest.mark.parametrize("columns", [40, 80])
def test_findings_fit_the_screen(tester: Machine, tmp_path: Path, columns: int) -> None:
    content = rows(4)
    path = tmp_path / "rows.csv"
    path.write_text(
        csv_text([content[0], wrong(content[1]), {**held(content[2]), d.GENDER.name: "X9"}, held(content[3])])
    )
    tester.columns = columns
    ending = tester.henvis("check", path, "--lang", "da")
    lines = ending.out.splitlines()
    assert max(map(len, lines)) <= columns
    assert "…" not in ending.out
    assert lines.index("Række 3") < lines.index("Række 4") < lines.index("Række 5, skal bekræftes eller rettes")
    assert not OF_PROGRAMS.findall(ending.out + ending.err)
    assert "1 række skal bekræftes eller rettes" in " ".join(ending.err.split())


def test_rows_are_named_by_the_own_key(tester: Machine, tmp_path: Path) -> None:
    content = [{"Sag": f"A-{n}", **{k: v for k, v in row.items() if k != "reference"}} for n, row in enumerate(rows(2))]
    path = tmp_path / "own.csv"
    path.write_text(csv_text([content[0], wrong(content[1])]))
    ending = tester.henvis("check", path, "--key-column", "Sag", "--lang", "da")
    assert "Række 3 (egen nøgle A-1)" in ending.out


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_without_a_key_is_named_and_nothing_else_is_said(
    tester: Machine, tmp_path: Path, kind: str, recwarn: pytest.WarningsRecorder
) -> None:
    path = tmp_path / f"own.{kind}"
    table: list[list[Any]] = [["Sag", "Region"], ["A-1", "DK01"], [None, "DK02"]]
    if kind == "csv":
        path.write_text("\n".join(";".join(cell or "" for cell in row) for row in table))
    else:
        book = Workbook()
        for row in table:
            book.worksheets[0].append(row)
        book.save(path)
    ending = tester.henvis("send", path, "--key-column", "Sag", "--lang", "da")
    assert ending.code == 2
    assert "Nøglen mangler i række 3." in ending.err
    assert "Exception" not in ending.err
    assert not recwarn.list


def test_a_file_with_own_keys_is_told_of_the_option(tester: Machine, tmp_path: Path) -> None:
    content = [{k: v for k, v in row.items() if k != "reference"} for row in rows(2)]
    path = tmp_path / "own keys.csv"
    for command, header in (("check", "Sagsnr"), ("send", "ID")):
        path.write_text(csv_text([{header: f"{n}", **row} for n, row in enumerate(content)]))
        ending = tester.henvis(command, path)
        assert ending.code == 3
        assert f'henvis {command} "{path}" --key-column {header}' in ending.err
        assert not OF_PROGRAMS.findall(ending.out + ending.err)
    path.write_text(csv_text(content))
    assert "--key-column COLUMN" in tester.henvis("check", path).err
    lines = ndjson(tmp_path / "own.ndjson", content)
    assert "--key-column COLUMN" in tester.henvis("check", lines).err


def test_a_reason_is_taken_by_its_code_or_label_and_another_is_refused(
    tester: Machine, tmp_path: Path, service: Register
) -> None:
    path = ndjson(tmp_path / "held.ndjson", [*map(held, rows(2))])
    ending = tester.henvis("send", path, "--lang", "da")
    assert "Intet er gemt endnu: 2 rækker skal bekræftes eller rettes." in ending.err
    (command,) = (line.split()[1:] for line in ending.err.splitlines() if "henvis commit" in line)
    rule = command[-1].partition("=")[0]
    for code in CONFIRMATION_REASON.codes:
        assert f"{code.code}  {code.label.da}" in ending.out
    refusal = tester.henvis("commit", command[1], "--confirm", f"{rule}=BECAUSE", "--lang", "da")
    assert (refusal.code, service.stored) == (2, set())
    assert "BECAUSE" not in refusal.err
    for code in CONFIRMATION_REASON.codes:
        assert f"{code.code} ({code.label.da})" in " ".join(refusal.err.split())
    label = CONFIRMATION_REASON.codes[0].label.en.lower()
    other = tester.henvis("commit", command[1], "--confirm", f"nothing={label}")
    assert (other.code, rule in other.err) == (2, True)
    assert tester.henvis("commit", command[1], "--confirm", f"{rule}={label}").code == 0
    assert len(service.stored) == 2
    assert tester.henvis("commit", command[1], "--confirm", f"{rule}={label}").code == 2


def test_jobs_are_listed_as_people_speak_of_them(tester: Machine, good: Path, bad: Path, tmp_path: Path) -> None:
    tester.henvis("check", bad)
    tester.henvis("send", good)
    tester.henvis("send", ndjson(tmp_path / "held.ndjson", [*map(held, rows(2))]))
    tester.henvis("send", bad, "--lenient")
    body = tester.henvis("jobs", "list", "--json").json["batches"]
    assert [each["state"] for each in body] == ["done", "needs_review", "done", "needs_review"]
    lines = tester.henvis("jobs", "list", "--lang", "da").out.splitlines()
    texts = [line.partition("  ")[2] for line in lines if not line.startswith(" ")]
    assert texts == [
        "bad.ndjson: delvis gemt, 3 rækker",
        "held.ndjson: venter på dig, 2 rækker",
        "good.ndjson: gemt, 3 rækker",
        "tjekket, 3 rækker",
    ]
    assert all(re.match(r"\d\d-\d\d-\d{4} kl\. \d\d\.\d\d  ", line) for line in lines if not line.startswith(" "))
    assert [line.strip() for line in lines if line.startswith(" ")] == [each["id"] for each in body]


def test_who_am_i_is_said_in_words(tester: Machine, good: Path, service: Register) -> None:
    tester.henvis("send", good)
    out = tester.henvis("whoami", "--lang", "da").out
    me = tester.henvis("whoami", "--json").json["me"]
    assert out.splitlines()[:2] == [service.name, "TEST: intet, der sendes, tælles"]
    assert service.id in out
    assert f"ender på {me['secrets'][0]['hint']}, gælder til" in out
    assert "sende, rette og tilbagetrække egne henvisninger" in out
    assert "100.000 rækker" in out
    assert "good.ndjson: gemt, 3 rækker" in out
    assert not re.findall(r"[a-z]+:[a-z]+|[a-z]_[a-z]|UTC|\+00:00", out)


def test_own_words_speak_of_no_request() -> None:
    for text in (*PROBLEMS.values(), *RULES.values()):
        assert not OF_PROGRAMS.findall(" ".join(text))


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_help_speaks_of_requests(language: str) -> None:
    for words in ([], ["send"], ["check"], ["commit"], ["jobs"], ["mapping"]):
        assert not OF_PROGRAMS.findall(help_in(language, words))
