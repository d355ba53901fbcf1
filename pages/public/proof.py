"""*Kontrollér beviset*: the certificate of a release, verified before the reader's eyes.

The verifier runs when the page is made, and the page is kept. It adds up whole numbers, some hundredths of a second for the largest
release of the demo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from cases.errors import NotFound
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page, base_of
from pages.public.proof_words import (
    CHECKS,
    PROOF,
    certificate_note,
    example_note,
    given_away_note,
    hidden_cells_note,
    lost_note,
    scope_note,
)
from pages.public.releases import gone_page
from pages.public.table_links import api_address
from pages.public.witnesses import example
from stats.models import PUBLIC
from stats.protection.verify.certified_cells import canonical
from stats.protection.verify.checks import CertificateCheck
from stats.reading import catalogue
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.grid import count_hidden
from stats.reading.measures import CellStatus
from stats.reading.proof_check import ProofCheck, TableCheck, check_proof
from stats.reading.wording import heading

NAME = "proof"


@dataclass(frozen=True)
class ProofRow:
    """A table of the release: its words and page, how many of its figures there are and are hidden, and what was found."""

    label: str
    address: str
    figures: int
    hidden: int
    finding: str


@gone_page
def proof(request: HttpRequest, language: str, release: str) -> HttpResponseBase:
    """The page. Three statements: the release, its certificates, its tables."""
    every = catalogue.every(PUBLIC)
    entry = next((each for each in every if each.id == release and each.kind == OWN), None)
    if entry is None:
        raise Http404
    catalogue.check_there(entry)
    releases_gone = frozenset(each.id for each in every if each.is_gone)
    # Whose certificate is read as well, and can be fetched no more.
    names_gone = tuple(name for name in entry.tellings_at(None)[-1:] if name in releases_gone)
    place = PageAddress(NAME, language, {"release": release})
    base = base_of(request)
    try:
        return answer_page(
            request,
            place,
            (entry.key_at(None), *names_gone),
            lambda: ("public/proof.html", context(entry, names_gone, language, base)),
        )
    except NotFound:
        raise Http404 from None


def context(release: CatalogueEntry, names_gone: Sequence[str], language: str, base: str) -> dict[str, Any]:
    """What the page shows. Where anything failed it claims nothing. `names_gone`: withdrawn releases whose certificate it reads."""
    check = check_proof(release)
    return {
        "words": {name: text(language) for name, text in PROOF.items()},
        "release": release.id,
        "passed": check.passed,
        "checks": [*checks_in_words(check, language)],
        "tables": [table_row(release, each, language) for each in check.tables],
        "claims": [*claims(release, check, language)] if check.passed else [],
        **(example_of(check.certificates[release.id], language) if check.passed else {}),
        "commands": commands(check, names_gone, base),
        "lost": [lost_note(name)(language) for name in names_gone],
    }


def checks_in_words(check: ProofCheck, language: str) -> Iterator[tuple[str, bool, str]]:
    """Each check of the verifier once: what it is, whether it passed everywhere, and what was wrong."""
    every = [*check.checks, *(each for table in check.tables for each in table.checks)]
    for name in dict.fromkeys(each.name for each in every):
        failures = [each for each in every if each.name == name and not each.passed]
        yield CHECKS[name](language), not failures, details(failures)


def details(failures: list[CertificateCheck]) -> str:
    """What was wrong, each thing once."""
    return "; ".join(dict.fromkeys(each.detail for each in failures))


def table_row(release: CatalogueEntry, check: TableCheck, language: str) -> ProofRow:
    query = check.figures.query
    hidden, figures = count_hidden(check.figures)
    by = f"by={','.join(axis.id for axis in query.by)}&" if query.by else ""
    finding = "agrees" if check.passed else "differs" if check.checks else "unchecked"
    address = f"{address_of('table', language, dataset=query.dataset.id)}?{by}release={release.id}"
    label = heading(query.dataset, query.by, language)
    return ProofRow(label, address, figures, hidden, PROOF[finding](language))


def claims(release: CatalogueEntry, check: ProofCheck, language: str) -> Iterator[str]:
    """What the checks show, and for what it holds."""
    certificate = check.certificates[release.id]
    entries = [entry for block in certificate["blocks"] for entry in block["hidden"]]
    hidden = {canonical(entry["id"]) for entry in entries}
    away = {canonical(entry["id"]) for entry in entries if entry["given_away_by_facts"] is True}
    yield hidden_cells_note(len(hidden - away), len(hidden))(language)
    if away:
        yield given_away_note(len(away))(language)
    others = {fact["source"] for block in certificate["blocks"] for fact in block["facts"]}
    yield scope_note(certificate["given"], len(others))(language)
    if len(check.certificates) > 1:
        yield certificate_note(*[name for name in check.certificates if name != release.id])(language)


def example_of(certificate: Any, language: str) -> dict[str, Any]:
    """The worked example, where anything is hidden."""
    witnesses = example(certificate, language)
    if witnesses is None:
        return {}
    return {"example": witnesses, "example_note": example_note(witnesses)(language)}


def commands(check: ProofCheck, names_gone: Sequence[str], base: str) -> str:
    """What is typed to check it without this page: the plainest table with something hidden is taken.

    Where a certificate that the tables need cannot be fetched, the others are checked by themselves.
    """
    tables = [
        each.figures for each in check.tables if any(s == CellStatus.HIDDEN for s in each.figures.columns[0].statuses)
    ]
    plain = [
        each.query for each in (*tables, *(table.figures for table in check.tables)) if each.query.by and not names_gone
    ]
    names = [name for name in check.certificates if name not in names_gone]
    files = [f"{name}.certificate.json" for name in names]
    lines = [
        f"curl -sS --fail '{base}/api/v1/releases/{name}/certificate' > {file}"
        for name, file in zip(names, files, strict=True)
    ]
    if plain:
        lines.append(f"curl -sS --fail '{base}{api_address(plain[0], 'csv')}' > table.csv")
    return "\n".join([*lines, " ".join(["python3 -m verify", *files, *(["table.csv"] if plain else [])])])
