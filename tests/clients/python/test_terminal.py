"""What an answer may do to a terminal: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from henvis_client.cli.desk import Desk, line
from henvis_client.cli.surroundings import Surroundings
from henvis_client.errors import Problem
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register
from tests.clients.python.transports import Changing

OBEYED = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\r"


def test_no_answer_reaches_the_terminal_with_what_it_obeys(tester: Machine, bad: Path, service: Register) -> None:
    def change(body: dict[str, Any]) -> dict[str, Any]:
        for result in body["results"]:
            for finding in result["findings"]:
                finding["detail"] = finding["column"] = f"a{OBEYED}b"
        return body

    tester.change(transport=Changing(service, change))
    ending = tester.henvis("check", bad)
    assert "b" in ending.out
    assert not set(ending.out + ending.err) & set(OBEYED) - set("]0;owned[2J31m")
    as_json = tester.henvis("check", bad, "--json")
    assert not set(as_json.out + as_json.err) & set("\x1b\x07\x9b\x7f\r")
    assert OBEYED in str(as_json.json) or OBEYED in repr(as_json.json).encode().decode("unicode_escape")


def test_lines_and_tabs_stay() -> None:
    assert line(f"a\n\tb{OBEYED}c").plain == "a\n\tb]0;owned[2J31mc"


def test_nor_does_a_problem(capsys: Any) -> None:
    desk = Desk(Surroundings.of_system(), "en", as_json=False)
    body = {"code": f"x{OBEYED}", "title": f"Bad{OBEYED}", "detail": OBEYED, "errors": [{"detail": f"a{OBEYED}"}]}
    desk.complain(Problem(422, body))
    told = capsys.readouterr()
    assert "Bad" in told.err
    assert not set(told.out + told.err) & set("\x1b\x07\x9b\x7f\r")
