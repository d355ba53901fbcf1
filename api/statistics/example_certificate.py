"""The example of a certificate: that of persons by gender, of whom the women are known from elsewhere too. It can be checked."""

from __future__ import annotations

from api.openapi.parts import Example
from api.statistics.bodies.certificate import (
    CertificateAxisBody,
    CertificateBaseBody,
    CertificateBlockBody,
    CertificateBody,
    CertificateCellBody,
    CertificateDimensionBody,
    CertificateFactBody,
    CertificatePointBody,
    HiddenCellBody,
)
from api.statistics.examples import COUNTS, SYMBOL, first_vintage
from cases.dimensions import PRINCIPAL
from stats.protection.verify.certificate import FORMAT

FACT = "2023;gender=F"


def certificate() -> CertificateBody:
    """The certificate of the example table: its total, then every gender in order, the last two of them hidden."""
    release, (total, *shown) = first_vintage().id, COUNTS
    codes = [code.code for code in PRINCIPAL.axes["gender"].codes]
    names = [f"{release};TOTAL", *(f"{release};gender={code}" for code in codes)]
    sides: list[list[tuple[int, list[int]]]] = [[(0, [0])], *([(0, [0]), (1, [atom])] for atom in range(len(codes)))]
    women, rest = shown[0], (total or 0) - sum(value or 0 for value in shown)
    first, second = (atom for atom, value in enumerate(shown) if value is None)
    most, least = SYMBOL, rest - SYMBOL
    sums = [(atom, value) for atom, value in enumerate(shown) if value]
    axis = CertificateAxisBody("gender", codes, list(range(len(codes))))
    block = CertificateBlockBody(
        dimensions=[
            CertificateDimensionBody("period", ["2023-01..2023-12"], []),
            CertificateDimensionBody("gender", codes, [axis]),
        ],
        cells=[
            CertificateCellBody(
                release=release,
                id=name,
                sides=side,
                value=value,
                low=value or 0,
                high=SYMBOL if value is None else value,
            )
            for name, side, value in zip(names, sides, COUNTS, strict=True)
        ],
        facts=[
            CertificateFactBody(
                source=f"{FACT} https://example.org/annual-report-2023", id=FACT, sides=sides[1], low=women, high=women
            )
        ],
        unused=[],
        vintages=[],
        bases=[CertificateBaseBody(facts=True, values=[*sums, (first, least), (second, most)])],
        points=[
            CertificatePointBody(0, []),
            CertificatePointBody(0, [(first, most - least), (second, least - most)]),
        ],
        hidden=[hidden(names[first + 1], least, [0, 1]), hidden(names[second + 1], least, [1, 0])],
        told=[],
    )
    return CertificateBody(FORMAT, release, [release], [block])


def hidden(name: str, least: int, points: list[int]) -> HiddenCellBody:
    """A hidden cell that has the end of the symbol at most, and so at least the rest of what is left."""
    return HiddenCellBody(name, low=least, high=SYMBOL, exact=True, points=points, given_away_by_facts=False)


CERTIFICATE = Example("Certificate", "That of persons by gender", certificate)
