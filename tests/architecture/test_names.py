"""Names are nouns or verbs: no function, class, attribute, argument or local is called by a bare participle.

`found` says that something was found, and not what. A participle beside a noun (`records_found`) is no bare one. A Boolean may be
one: it says of its owner whether that is so. Constants are out of it: many are named by the code or the sentence that they hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core.apps import ROOMS
from tests.architecture.trees import tree_of

ROOT = Path(settings.BASE_DIR)
# The tests that keep the rule; others are older than it.
TESTS = ("tests/architecture",)
PACKAGES = (
    "deploy",
    "config",
    "api",
    "pages",
    *ROOMS,
    "tools",
    "benchmarks",
    "clients",
    *TESTS,
)
SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if not {"migrations", "node_modules"} & set(path.relative_to(ROOT).parts)
)
# Past participles that do not end in -ed and are no verb or noun of the same form, as `put`, `read`, `cut`, `set` and `split` are.
IRREGULAR = """
    begun bent bitten blown born borne broken brought built caught chosen come dealt done drawn driven eaten fallen felt forbidden
    forgotten found frozen given gone got grown heard held hidden kept known laid lain led left lent lost made meant met mistaken
    overtaken overwritten paid proven rewritten risen said seen sent shaken shown sold sought spent spoken stolen stood struck sworn
    taken taught thought thrown told torn understood undone upheld withdrawn withheld won worn woven written
"""
# Words in -ed that are none.
NOUNS = frozenset({"bed", "breed", "embed", "feed", "hundred", "need", "proceed", "seed", "shed", "speed", "succeed"})
# Participles that are terms, each with the reason. They may be names everywhere.
TERMS = {
    "hidden": "the status of a cell whose count is not published (docs/glossary.md)",
    "shown": "the status of a cell whose count is published",
    "published": "what the centre or others have published: the word of the rooms `published` and `publishing`",
    "added": "records between two vintages, a member of the certificate; and the notice of a new code",
    "told": "what a certificate tells of a hidden cell: a member of it",
    "removed": "records between two vintages, a member of the certificate",
    "identified": "persons identified, the unit of the published figures",
    "assessed": "persons assessed, the unit of the published figures",
    "unassessed": "persons whom nobody assesses, beside those two",
    "invented": "of a database whose records are of nobody: a member of the API (docs/glossary.md, invented data)",
}
# Names that others read too, by the file and the name.
ALLOWED_CODES = "the codes that a field takes: a member of an error of the API"
COUNTS_OF_SEARCH = "a member of the command's JSON and of the audit event"
OF_BATCH = "a column of the tables of deliveries, and a member of the API"
OF_ROW = "what a row of a delivery says, as the column in which it waits has it"
OF_CHUNK = "the rows of a chunk by what becomes of them, in the words of the outcomes"
OF_REVALIDATION = "a column of the report, and a member of the command's JSON"
PLACES = {
    ("api/http/problems.py", "allowed"): ALLOWED_CODES,
    ("cases/errors.py", "allowed"): ALLOWED_CODES,
    ("cases/fields.py", "allowed"): ALLOWED_CODES,
    ("cases/services/content.py", "allowed"): ALLOWED_CODES,
    ("cases/services/shapes.py", "allowed"): ALLOWED_CODES,
    ("cases/codelists/types.py", "announced"): "the day of an announcement: a member of the API",
    ("cases/codelists/types.py", "retired"): "the notice of a code's end, beside `added`",
    ("cases/intake/countfiles/reading.py", "allowed"): ALLOWED_CODES,
    ("cases/intake/findings.py", "allowed"): ALLOWED_CODES,
    ("cases/intake/understanding/codes.py", "allowed"): ALLOWED_CODES,
    ("cases/intake/values.py", "allowed"): ALLOWED_CODES,
    ("cases/intake/rules.py", "announced"): "the day of an announcement: a member of the API",
    ("cases/intake/rulebook/rule.py", "stored"): "what is stored before an example: a member of the rulebook",
    **{
        (f"cases/intake/{file}.py", name): reason
        for file, names, reason in (
            ("models", ("done", "applied", "created", "corrected", "unchanged", "rejected", "held"), OF_BATCH),
            ("models", ("expected", "seen"), OF_ROW),
            ("models", ("refused",), OF_REVALIDATION),
            ("batches/rows", ("expected", "withdrawn", "seen"), OF_ROW),
            ("batches/soft_checks", ("withdrawn",), OF_ROW),
            ("batches/staging", ("rejected", "unchanged"), OF_CHUNK),
            ("batches/work", ("rejected",), OF_CHUNK),
            ("batches/work", ("applied", "stored"), OF_BATCH),
            ("revalidation", ("refused", "held"), OF_REVALIDATION),
        )
        for name in names
    },
    ("cases/duplicates/search.py", "found"): COUNTS_OF_SEARCH,
    ("cases/duplicates/search.py", "decided"): COUNTS_OF_SEARCH,
    ("cases/duplicates/search.py", "listed"): COUNTS_OF_SEARCH,
    **{
        (f"clients/python/src/henvis_client/{file}.py", name): "a member of an answer of the API"
        for file, names in {
            "bodies": ("allowed", "done", "created", "corrected", "unchanged", "rejected", "held"),
            "errors": ("allowed",),
        }.items()
        for name in names
    },
    ("oversight/reporting/coverage.py", "begun"): "a member of the note on coverage (openapi.json)",
    ("oversight/reporting/coverage.py", "undeclared"): "a member of the note on coverage (openapi.json)",
    ("stats/rooms_above.py", "expected"): "reports of months, beside `came`: a member of what a draft stores",
    (
        "stats/protection/audit/certificate.py",
        "unused",
    ): "the boxes of codes out of use: a member of the certificate",
    ("cases/errors.py", "Erased"): "the error for a referral that was erased, beside `NotFound`",
}

BOOLEAN = re.compile(r"^(?:Annotated\[)?bool\b|^models\.BooleanField|^(?:True|False)$")
WORD = re.compile(r"_*([a-z]+)_*", re.ASCII)


def is_participle(name: str) -> bool:
    """Whether a name is one word, and a past participle that is no term."""
    word = WORD.fullmatch(name[:1].lower() + name[1:])
    if word is None or word[1] in TERMS or word[1] in NOUNS:
        return False
    return word[1] in IRREGULAR.split() or (word[1].endswith("ed") and len(word[1]) > 3)


def text_of(node: ast.expr | None) -> str:
    """The source of an expression. Empty where there is none."""
    return "" if node is None else ast.unparse(node)


def names(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that a node of the tree gives, each with the source of its type or value."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield node.name, text_of(node.returns)
        case ast.arg():
            yield node.arg, text_of(node.annotation)
        case ast.AnnAssign():
            yield from ((name, text_of(node.annotation)) for name in targets(node.target))
        case ast.Assign():
            yield from ((name, text_of(node.value)) for target in node.targets for name in targets(target))
        case ast.alias():
            yield node.asname or "", ""
        case ast.ClassDef() | ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
            yield node.name or "", ""
        case _:
            yield from ((name, "") for target in targets_of(node) for name in targets(target))


def targets_of(node: ast.AST) -> Iterator[ast.expr]:
    """What a loop, a comprehension, a `with` or an expression assigns to."""
    target = getattr(node, "optional_vars", None) if isinstance(node, ast.withitem) else getattr(node, "target", None)
    if isinstance(target, ast.expr):
        yield target


def targets(node: ast.expr) -> list[str]:
    """The names and attributes to which an assignment gives a value."""
    stores = (each for each in ast.walk(node) if isinstance(getattr(each, "ctx", None), ast.Store))
    return [
        each.id if isinstance(each, ast.Name) else each.attr
        for each in stores
        if isinstance(each, ast.Name | ast.Attribute)
    ]


def faults(node: ast.AST, place: str = "") -> Iterator[tuple[str, str]]:
    """The bare participles below a node, each with the class or function that it stands in."""
    for child in ast.iter_child_nodes(node):
        yield from ((place, name) for name, kind in names(child) if is_participle(name) and not BOOLEAN.match(kind))
        inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else None
        if isinstance(child, ast.ClassDef) and any(text_of(base).endswith("Body") for base in child.bases):
            yield from faults_of_body(child)
        else:
            yield from faults(child, f"{place}.{inner}".strip(".") if inner else place)


def faults_of_body(body: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The bare participles of a body of the API but for its members, which openapi.json names."""
    members = {name for each in body.body for name, _ in names(each) if isinstance(each, ast.AnnAssign)}
    return (fault for fault in faults(ast.Module([*body.body], []), body.name) if fault[1] not in members)


def test_no_name_is_a_bare_participle() -> None:
    wrong = [
        f"{file}: {place}: {name}"
        for path in SOURCES
        for file in [path.relative_to(ROOT).as_posix()]
        for place, name in faults(tree_of(path))
        if (file, name) not in PLACES
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def said(): ...", "said"),
        ("async def copied(): ...", "copied"),
        ("class Chosen: ...", "Chosen"),
        ("def f(asked): ...", "asked"),
        ("def f():\n    found = 1", "found"),
        ("def f(x):\n    x._kept = 1", "_kept"),
        ("def f():\n    a, (b, *listed) = x", "listed"),
        ("[made for made in x]", "made"),
        ("with x as opened: ...", "opened"),
        ("try: ...\nexcept E as refused: ...", "refused"),
        ("if (taken := x): ...", "taken"),
        ("import x as protected", "protected"),
        ("class A:\n    given: int", "given"),
        ("class ABody(Body):\n    stated: int\n    def f(self, asked): ...", "asked"),
    ],
)
def test_the_scan_sees_a_bare_participle(source: str, name: str) -> None:
    assert [each for _, each in faults(ast.parse(source))] == [name]


@pytest.mark.parametrize(
    "source",
    [
        "records_found = 1",
        "def is_chosen(): ...",
        "def split(read, need, seed, cut): ...",
        "def passed(self) -> bool: ...",
        "class A:\n    created: bool\n    offered = models.BooleanField()",
        "def f(*, required: bool = True): ...",
        "class ABody(Body):\n    stated: Annotated[int, about('')]",
        "hidden, shown = 1, 2",
        "RETIRED = 1",
    ],
)
def test_the_scan_lets_nouns_verbs_booleans_and_terms_pass(source: str) -> None:
    assert list(faults(ast.parse(source))) == []


@pytest.mark.parametrize(("file", "name"), sorted(PLACES))
def test_what_is_allowed_is_there(file: str, name: str) -> None:
    assert name in [each for _, each in faults(tree_of(ROOT / file))]


def test_each_term_is_a_name() -> None:
    words = re.compile("|".join(TERMS))
    texts = (path for path in SOURCES if words.search(path.read_text()))
    assert set(TERMS) <= {name for path in texts for node in ast.walk(tree_of(path)) for name, _ in names(node)}
