"""The actions of `manage.py release` for protected releases: propose, build, verify-public."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from cases.dimensions import table_id
from core.text import Text
from partners.audit import COMMAND, Actor
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Proof
from stats.publishing import build, proposals
from stats.publishing.choice import PARAMETERS, Choice
from stats.sums.datasets import SUM_DATASETS

Write = Callable[[str], None]


def choice_file(text: str) -> dict[str, Any]:
    """The object in a JSON file."""
    try:
        content = json.loads(Path(text).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ArgumentTypeError(f"{text} is no file of JSON") from None
    if not isinstance(content, dict):
        raise ArgumentTypeError(f"{text} holds no object")
    return content


def add_choice(parser: ArgumentParser) -> None:
    """Add the options that choose tables and parameters."""
    parser.add_argument("--choice", type=choice_file, help='a JSON file: {"tables": ["gender", "region,gender"], …}')
    parser.add_argument(
        "--table", action="append", help="a table by its axes, separated by commas; may stand more than once"
    )
    parser.add_argument(
        "--sums",
        action="append",
        choices=tuple(SUM_DATASETS),
        help="counts of services that come with it, by their dataset; may stand more than once",
    )
    for name in PARAMETERS:
        parser.add_argument(f"--{name}", type=int, help="instead of the default")


def add_notes(parser: ArgumentParser) -> None:
    """Add the options of the change notes."""
    for language, name in (("da", "Danish"), ("en", "English")):
        parser.add_argument(
            f"--notes-{language}", default="", help=f"what changed since the last release of the period, in {name}"
        )


def add_reason(parser: ArgumentParser) -> None:
    for language, name in (("da", "Danish"), ("en", "English")):
        parser.add_argument(
            f"--reason-{language}",
            default="",
            help=f"why it is built although something speaks against publishing it, in {name}: everybody will read it",
        )


def change_notes_of(options: dict[str, Any]) -> Text:
    return Text(options["notes_da"], options["notes_en"])


def builder(name: str | None) -> Actor:
    """The staff user who builds. A draft that nobody built can never be published. Raises `ReleaseRefused`."""
    if name is None:
        return COMMAND
    user = User.objects.filter(username=name, is_active=True, is_staff=True).first()
    if user is None:
        raise ReleaseRefused("There is no active staff user of this name.")
    return Actor.of(user)


def choice_of(options: dict[str, Any], propose: Callable[[], Choice]) -> Choice:
    """The choice of a file or of options; without either, the proposed one. Raises `ReleaseRefused`."""
    parameters_given = {name: options[name] for name in ("sums", *PARAMETERS) if options.get(name) is not None}
    if options.get("choice") is not None:
        return Choice.parse({**options["choice"], **parameters_given})
    if options.get("table"):
        return Choice.parse({"tables": options["table"], **parameters_given})
    proposal = propose()
    return Choice.parse({"tables": [table_id(table) for table in proposal.tables], **parameters_given})


def build_protected(options: dict[str, Any], tell: Write) -> dict[str, Any]:
    """Build a draft. Returns its description."""
    arguments = {"period": options["period"], "audience": options["audience"], "as_of": options["as_of"], "tell": tell}
    by = builder(options["user"])
    choice = choice_of(options, lambda: proposals.choose(**arguments))
    return draft_as_json(
        build.build(
            by=by,
            choice=choice,
            change_notes=change_notes_of(options),
            reason=Text(options["reason_da"], options["reason_en"]),
            **arguments,
        )
    )


def draft_as_json(draft: build.BuiltDraft) -> dict[str, Any]:
    """The description of a draft, for lines and for JSON."""
    proof = Proof.objects.get(pk=draft.release.pk)
    audits = [proof.report["audit"], *(each["audit"] for each in proof.report.get("sums", {}).values())]
    failing = [each for blocks in audits for block in blocks.values() for each in block["failing"]]
    return {
        "id": draft.release.pk,
        "created": draft.created,
        "passed": draft.passed,
        "published_elsewhere": proof.report.get("published_elsewhere", []),
        "less_facts": proof.report.get("less_facts", []),
        "few_left": proof.report.get("few_left", []),
        "few_others": proof.report.get("few_others", []),
        "failing": [{"cell": each["id"], "view": each["view"], "because": each["because"]} for each in failing],
        **proof.margins,
    }


def print_draft(draft: dict[str, Any], write: Write) -> None:
    """Tell a draft line by line: its tables, then all for which the audit finds it not safe."""
    news = "built" if draft["created"] else "unchanged: the same records and the same choice"
    write(f"{draft['id']} {news}; the audit {'passed' if draft['passed'] else 'FAILED'}")
    for line in (*map(table_line, draft["tables"]), *sum_lines(draft.get("sums", {}))):
        write(line)
    for cell in draft["published_elsewhere"]:
        write(f"  given away by figures published elsewhere: {cell}")
    for remainder in draft["less_facts"]:
        write(f"  with a figure published elsewhere it leaves a few persons: {remainder}")
    for failing in draft["failing"]:
        write(
            f"  not safe from {failing['view']}: {failing['cell']} because of {', '.join(failing['because']) or 'the rest'}"
        )
    for cell in draft["few_left"]:
        write(f"  not safe from who knows the method: {cell}")
    for cell in draft["few_others"]:
        write(f"  a partner who knows the method may learn how many others it holds: {cell}")
    if draft["passed"]:
        write("A second staff user has to publish it, in the admin.")


def table_line(table: dict[str, Any]) -> str:
    """A table as a line: its cells and the share of persons."""
    share = "total hidden" if table["share"] is None else f"{table['share']} % of persons in shown cells"
    state_of_table = "offered" if table["offered"] else "not offered"
    return f"  {table['axes'] or 'total':44} {table['shown']:5} shown {table['hidden']:5} hidden  {share}, {state_of_table}"


def sum_lines(sums: Mapping[str, Any]) -> list[str]:
    """The measures of each dataset of sums as lines: their cells."""
    return [
        f"  {f'{dataset} {name}':44} {cells['shown']:5} shown {cells['hidden']:5} hidden"
        for dataset, each in sums.items()
        for name, cells in each["measures"].items()
    ]


def print_proposals(content: tuple[proposals.Proposal, ...], write: Write) -> None:
    for proposal in content:
        if proposal.own is None:
            write(f"  {table_id(proposal.table):44} refused: {proposal.why_refused}")
        else:
            write(table_line(proposal.own))


def print_unregistered(years: Mapping[str, Sequence[int]], write: Write) -> None:
    """Write what was sent abroad and is no fact here as lines."""
    for collection, each in years.items():
        write(f"  sent to {collection} and not registered, so no audit knows it: {', '.join(map(str, each))}")


def proposals_as_json(content: tuple[proposals.Proposal, ...]) -> list[dict[str, Any]]:
    return [{"table": table_id(p.table), "refused": p.why_refused, **(p.margins or {})} for p in content]


def add_actions(add: Callable[..., ArgumentParser], moment: Callable[[str], Any]) -> tuple[ArgumentParser, ...]:
    """Add the actions of protected releases. Returns the parsers of those that can answer in JSON."""
    propose = add("propose", help="what could be published of a period, and what readers would get of it")
    propose.add_argument("period")
    propose.add_argument("--audience", choices=(PUBLIC, AUTHORITY), required=True)
    propose.add_argument("--as-of", type=moment, help="count the records as they were then; default: now")
    publisher = add(
        "publish-due", help="publish what approvers have scheduled, to the second; runs beside the web server"
    )
    publisher.add_argument("--once", action="store_true", help="publish what is due now, and end")
    public = add("verify-public", help="check a public certificate, and published tables against it; needs no database")
    public.add_argument("files", nargs="+", help="a certificate, and tables as JSON-stat, CSV or a list")
    public.add_argument("--quiet", action="store_true", help="print the verdict alone")
    return (propose,)
