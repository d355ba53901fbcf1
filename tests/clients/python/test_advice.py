"""Each sentence says what is wrong and what to do next, and the command that is shown is the one that helps."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON, REGION
from henvis_client import Client
from henvis_client.questions import Dictionary
from tests.clients.python.files import csv_text, held, identifying, ndjson, rows, wrong
from tests.clients.python.machine import Machine, away
from tests.clients.python.register import Register
from tests.clients.python.transports import Changing


def written(path: Path, content: list[dict[str, Any]]) -> Path:
    """A CSV of rows."""
    path.write_text(csv_text(content))
    return path


def one_line(text: str) -> str:
    return " ".join(text.split())


def in_outbox(tester: Machine, path: Path, *options: str) -> None:
    """Send a file while nobody answers."""
    network, patience = tester.around.transport, tester.around.patience
    tester.lose_network()
    assert tester.henvis("send", path, *options).code == 4
    tester.change(transport=network, patience=patience)


def test_a_guess_is_told_with_its_label_wherever_its_letters_stand(tester: Machine, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [{**rows(1)[0], d.GENDER.name: "Mnd"}])
    assert "Mente du Mand (M)?" in tester.henvis("check", path, "--lang", "da").out
    assert "Did you mean Male (M)?" in tester.henvis("check", path, "--lang", "en").out


def test_a_label_that_henvis_has_said_is_not_said_twice(tester: Machine, tmp_path: Path, service: Register) -> None:
    def label(body: dict[str, Any]) -> dict[str, Any]:
        for row in body["results"]:
            for finding in row["findings"]:
                finding["detail"] = "Køn: Mente du Mand (M)?"
        return body

    tester.change(transport=Changing(service, label))
    path = written(tmp_path / "a.csv", [{**rows(1)[0], d.GENDER.name: "Mnd"}])
    assert "Køn: Mente du Mand (M)?" in tester.henvis("check", path, "--lang", "da").out.splitlines()[-1]


def test_labels_need_no_account(machine: Machine, tmp_path: Path) -> None:
    machine.set_variables(HENVIS_ADDRESS="http://localhost")
    content = rows(2)
    path = written(tmp_path / "a.csv", [{**content[0], d.GENDER.name: "Mnd"}, wrong(content[1])])
    out = machine.henvis("check", path, "--public", "--lang", "da").out
    assert "Mente du Mand (M)?" in out
    assert f"{REGION.codes[0].code} {REGION.codes[0].label.da}" in out


def test_a_reference_that_is_used_again_may_be_another_person(tester: Machine, tmp_path: Path) -> None:
    content = rows(1)
    assert tester.henvis("send", written(tmp_path / "a.csv", content)).code == 0
    other = {**content[0], d.REGION.name: REGION.names[1]}
    path = written(tmp_path / "b.csv", [{"version": "", **other}])
    out = one_line(tester.henvis("send", path, "--lang", "da").out)
    assert "så skal rækken have sin egen reference: hent en ny skabelon med `henvis template`" in out
    assert out.index("anden person") < out.index("så skriv 1 i version") < out.index("--prefer latest")
    assert re.search(r"gemt \(version 1, \d\d-\d\d-\d{4} kl\. \d\d\.\d\d\)", out)
    assert "Mangler filen" not in out
    out = one_line(tester.henvis("send", written(tmp_path / "b.csv", [other]), "--lang", "en").out)
    assert "If this is another person, the row needs a reference of its own" in out
    assert "If the file has no column with the header version, add one." in out


def test_a_row_that_was_withdrawn_needs_a_column_of_versions_too(
    tester: Machine, tmp_path: Path, service: Register
) -> None:
    content = rows(1)
    path = written(tmp_path / "a.csv", content)
    assert tester.henvis("send", path).code == 0
    service.caller.post(f"/api/v1/referrals/{content[0]['reference']}/withdrawal", {"reason_code": "DUPLICATE"})
    out = one_line(tester.henvis("send", path, "--lang", "da").out)
    assert "hvis henvisningen skal gælde igen. Mangler filen en kolonne med overskriften version" in out


def test_a_key_that_is_used_again_may_be_another_person(tester: Machine, tmp_path: Path) -> None:
    content = [{("Sag" if name == "reference" else name): cell for name, cell in row.items()} for row in rows(1)]
    send = ("--key-column", "Sag", "--lang", "da")
    assert tester.henvis("send", written(tmp_path / "a.csv", [{**content[0], "Sag": "A-1"}]), *send).code == 0
    path = written(tmp_path / "b.csv", [{**content[0], "Sag": "A-1", d.REGION.name: REGION.names[1]}])
    out = one_line(tester.henvis("send", path, *send).out)
    assert "så skal rækken have sin egen nøgle. Er det en rettelse" in out
    assert "skabelon" not in out
    assert "Mangler filen en kolonne med overskriften version, så tilføj den." in out


def test_what_waited_is_told_as_what_is_sent(tester: Machine, tmp_path: Path, bad: Path, service: Register) -> None:
    content = rows(1)
    tester.henvis("send", written(tmp_path / "a.csv", content))
    in_outbox(tester, bad)
    in_outbox(tester, written(tmp_path / "k3.csv", [{"version": 7, **content[0], d.REGION.name: REGION.names[1]}]))
    ending = tester.henvis("outbox", "send", "--lang", "da")
    assert ending.code == 1
    assert "Fra udbakken: k3.csv er sendt (" in ending.err
    assert "Række 2" in ending.out
    identities = re.findall(r"er sendt \(([0-9a-f-]{36})\)", ending.err)
    assert all(f"  henvis errors {each}" in ending.err.splitlines() for each in identities)
    (words,) = (line.split()[1:] for line in ending.err.splitlines() if "--lenient" in line)
    assert tester.henvis(*words).code == 1
    assert len(service.stored) == 3


def test_what_waited_and_is_refused_says_where(tester: Machine, tmp_path: Path, good: Path) -> None:
    in_outbox(tester, written(tmp_path / "a.csv", [identifying(rows(1)[0])]))
    ending = tester.henvis("send", good)
    assert "From the outbox: a.csv was refused." in ending.err
    assert "  C2: " in ending.out


def test_a_network_that_goes_while_it_is_told_loses_no_file(tester: Machine, tmp_path: Path) -> None:
    in_outbox(tester, ndjson(tmp_path / "held.ndjson", [*map(held, rows(2))]))
    service = tester.service

    def handle(request: httpx.Request) -> httpx.Response:
        return away(request) if "/codelists/" in request.url.path else service.handle_request(request)

    tester.change(transport=httpx.MockTransport(handle))
    ending = tester.henvis("outbox", "send")
    assert ending.code == 1
    assert "Henvis did not answer." in ending.err
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []


def test_an_own_key_beside_references_is_to_be_deleted(tester: Machine, tmp_path: Path) -> None:
    content = [{**row, "Sagsnr": f"{n}"} for n, row in enumerate(rows(2))]
    path = written(tmp_path / "both.csv", content)
    book = Workbook()
    for row in [[*content[0]], *([str(cell) for cell in row.values()] for row in content)]:
        book.worksheets[0].append(row)
    book.save(tmp_path / "both.xlsx")
    for file in (path, tmp_path / "both.xlsx"):
        ending = tester.henvis("check", file, "--lang", "da")
        assert ending.code == 3
        assert "Rækkerne har referencer i forvejen: slet kolonnen." in one_line(ending.out)
        assert "--key-column" not in ending.out + ending.err
    two = written(tmp_path / "two.csv", [{"Sag": f"{n}", **row} for n, row in enumerate(content)])
    two.write_text(two.read_text().replace("reference", "Journalnr", 1).replace("Sagsnr", "Egen", 1))
    both = tester.henvis("check", two, "--key-column", "Sag", "--lang", "da")
    assert "slet kolonnen." in one_line(both.out)
    assert "--key-column" not in both.out + both.err
    named = tester.henvis("send", path, "--key-column", "Sagsnr", "--lang", "da")
    assert "Slet Sagsnr, og send uden --key-column." in one_line(named.err)
    empty = written(tmp_path / "empty.csv", [{**row, "reference": ""} for row in content])
    assert f"henvis check {empty} --key-column Sagsnr" in tester.henvis("check", empty).err


def test_an_unknown_column_may_be_deleted(tester: Machine, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [{**row, "Bemærkninger": "ja"} for row in rows(1)])
    assert "Er den ikke et felt, så slet kolonnen." in one_line(tester.henvis("check", path, "--lang", "da").out)


def test_rows_that_are_all_wrong_are_to_be_corrected(tester: Machine, tmp_path: Path) -> None:
    path = ndjson(tmp_path / "a.ndjson", [*map(wrong, rows(2))])
    assert "Ret filen, og send den igen." in tester.henvis("send", path, "--lang", "da").err
    assert "send den igen" not in tester.henvis("check", path, "--lang", "da").err


def test_only_what_is_to_be_confirmed_stays_as_it_is(tester: Machine, tmp_path: Path) -> None:
    content = rows(3)
    mixed = ndjson(tmp_path / "mixed.ndjson", [wrong(content[0]), wrong(content[1]), held(content[2])])
    err = one_line(tester.henvis("check", mixed, "--lang", "da").err)
    assert "Er rækkerne, der skal bekræftes, rigtige, så lad dem stå. Ret de andre rækker, og send filen:" in err
    alone = ndjson(tmp_path / "held.ndjson", [held(content[2])])
    assert "så lad dem stå. Send filen:" in one_line(tester.henvis("check", alone, "--lang", "da").err)
    alike = ndjson(tmp_path / "alike.ndjson", rows(25))
    assert "Er det, der er nævnt om hele filen, rigtigt" in one_line(tester.henvis("check", alike, "--lang", "da").err)
    assert "Er det, der er nævnt om hele filen, rigtigt" in one_line(tester.henvis("send", alike, "--lang", "da").err)
    assert "Er rækkerne, der skal bekræftes, rigtige" in one_line(tester.henvis("send", alone, "--lang", "da").err)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with a word in the place of a region."""
    return written(tmp_path / "words.csv", rows(3, **{d.REGION.name: "Hjemegnen"}))


@pytest.mark.parametrize(("language", "answer"), [("da", "Ved ikke"), ("en", "i do  not know")])
def test_not_to_know_may_be_written_out(tester: Machine, words: Path, language: str, answer: str) -> None:
    ending = tester.henvis("check", words, "--lang", language, typed=f"{answer}\n")
    assert ending.code == 2
    assert answer.casefold().split()[-1] in ending.err
    assert not re.search("ikke et af svarene|none of the answers", ending.err)


def test_a_question_that_nobody_answers_shows_what_stands_in_the_file(tester: Machine, words: Path) -> None:
    tester.change(is_interactive=False)
    ending = tester.henvis("check", words, "--lang", "da")
    assert "Hvad er »Hjemegnen« i Region (række 2)?" in one_line(ending.out)
    assert "--accept-guesses" not in ending.err
    column = words.with_name("column.csv")
    column.write_text(words.read_text().replace("Hjemegnen", REGION.names[0]).replace(d.GENDER.name, "genderr", 1))
    ending = tester.henvis("check", column, "--lang", "da")
    assert "Hvilket felt er kolonnen »genderr«?" in ending.out
    assert "(gæt)" in ending.out
    assert "--accept-guesses" in ending.err


def test_a_question_on_a_file_of_own_keys_is_answered_with_them(tester: Machine, words: Path) -> None:
    tester.change(is_interactive=False)
    own = words.with_name("own.csv")
    own.write_text(words.read_text().replace("reference", "Egen nøgle", 1))
    ending = tester.henvis("check", own, "--key-column", "Egen nøgle", "--lang", "da")
    assert "Hvad er »Hjemegnen« i Region (række 2)?" in one_line(ending.out)
    assert f'  henvis check {own} --key-column "Egen nøgle"' in ending.err.splitlines()


def test_guesses_are_not_offered_once_they_were_taken(tester: Machine, words: Path, service: Register) -> None:
    def guess(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "questions": [{**each, "line": 99, "guess": REGION.names[0]} for each in body["questions"]]}

    tester.change(transport=Changing(service, guess))
    ending = tester.henvis("check", words, "--accept-guesses", "--lang", "da")
    assert "Svar på det her:" in ending.err
    assert "--accept-guesses" not in ending.err
    assert "Region: hvilken kode er ordet?" in ending.out


def test_the_outbox_is_told_as_people_speak_of_it(tester: Machine, good: Path, bad: Path) -> None:
    in_outbox(tester, good)
    body = tester.henvis("outbox", "list", "--json").json["waiting"][0]
    tester.columns = 40
    lines = tester.henvis("outbox", "list", "--lang", "da").out.splitlines()
    assert re.fullmatch(r"\d\d-\d\d-\d{4} kl\. \d\d\.\d\d  good\.ndjson, [\d.]+", lines[0])
    assert lines[-1] == f"  {body['id']}"
    asked = tester.henvis("outbox", "clear", "--lang", "da", typed="ja\n").err
    assert "1 fil, der ikke er sendt, slettes for altid." in one_line(asked)
    assert "1 fil er slettet." in asked
    in_outbox(tester, good)
    in_outbox(tester, bad)
    assert "2 filer er slettet." in tester.henvis("outbox", "clear", "--yes", "--lang", "da").err


class Stopped(io.BytesIO):
    """A keyboard on which somebody types Ctrl-C."""

    def read1(self, size: int | None = -1, /) -> bytes:
        """Nothing comes."""
        raise KeyboardInterrupt


@pytest.mark.parametrize("words", [["outbox", "clear"], ["login"]])
def test_stopping_at_a_prompt_ends_as_stopping_does(
    tester: Machine, good: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_outbox(tester, good)
    assert tester.henvis(*words).code == 2
    monkeypatch.setattr("typer.testing.make_input_stream", lambda *arguments: Stopped())
    ending = tester.henvis(*words, "--lang", "da")
    assert ending.code == 130
    assert "I udbakken ligger krypteret: 1." in ending.err


def test_a_mapping_is_shown_with_labels(tester: Machine, client: Client) -> None:
    region, date = d.REGION, d.REFERRED_IN
    code = REGION.codes[0]
    content = {"columns": {"Sted": region.name}, "values": {region.name: {"Øst": code.code}}}
    client.save_mapping(Dictionary({**content, "dates": {date.name: "day_first"}}, client.mapping().etag))
    out = tester.henvis("mapping", "show", "--lang", "da").out
    assert out.count(f"{region.label.da} ({region.name})") == 2
    assert f"{code.label.da} ({code.code})" in out
    assert f"{date.label.da} ({date.name})" in out
    assert "Dag først" in out
    assert tester.henvis("mapping", "show", "--json").json["mapping"]["dates"] == {date.name: "day_first"}


def test_what_was_confirmed_before_is_stored(tester: Machine, tmp_path: Path, good: Path) -> None:
    body = tester.henvis("send", ndjson(tmp_path / "held.ndjson", [held(rows(1)[0])]), "--json").json
    rule = body["rows"][0]["findings"][0]["rule"]
    line = ["commit", body["batch"]["id"], "--confirm", f"{rule}={CONFIRMATION_REASON.names[0]}", "--lang", "da"]
    assert tester.henvis(*line).code == 0
    again = tester.henvis(*line)
    assert (again.code, "Rækkerne er gemt i forvejen" in again.err) == (2, True)
    line[1] = tester.henvis("check", good, "--json").json["batch"]["id"]
    assert "Ingen kontrol af filen venter" in tester.henvis(*line).err


def test_a_login_that_fails_says_who_helps(machine: Machine, service: Register) -> None:
    ending = machine.henvis("login", "--lang", "da", typed=f"http://localhost\n{service.id}\nhv_test_wrong\n")
    assert ending.code == 3
    assert "i jeres egen organisation, der er leder i Henvis" in one_line(ending.err)
