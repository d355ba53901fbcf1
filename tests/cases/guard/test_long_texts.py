"""Texts that are longer than any value of ours: none is searched, and none passes but a set of codes and labels."""

from __future__ import annotations

import itertools

import pytest

from cases import dictionary as d
from cases.fields import CodeSetField
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard import patterns, values
from cases.intake.guard.check import LOOK, IdentifierTally, check_cells, check_headers, check_members, check_unread
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.values import LONGEST, value_kind

SETS = [field for field in d.REFERRAL if isinstance(field, CodeSetField)]
FREE_TEXT = IdentifierKind.FREE_TEXT
# What each pattern of the guard would try again from every place.
SLOW = "O" * 1_000 + "vej" * 330
HIDDEN = "x" * 2_100 + " 010190-1234"


@pytest.mark.parametrize("text", [SLOW, HIDDEN, "word " * 60, "_U|" * 400, "\ufdfa" * 100])
def test_a_long_text_is_refused_and_never_searched(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    search = patterns.text_kind

    def search_and_note(folded: str) -> IdentifierKind | None:
        lengths.append(len(folded))
        return search(folded)

    monkeypatch.setattr(values, "text_kind", search_and_note)
    for place in ("region", "services_needed", "reference", "version", None):
        assert value_kind(place, text) == FREE_TEXT
        assert value_kind(place, [text]) == value_kind(place, {"a": text}) == value_kind(place, {text: 1}) == FREE_TEXT
    assert [each.rule for each in check_headers([text])] == [FREE_TEXT.rule]
    assert check_members({text: "x"}) == check_members({"gone": text}) == [Finding(FREE_TEXT.rule)]
    assert value_kind(None, "x" * LONGEST) is None
    assert max(lengths) <= LONGEST


@pytest.mark.parametrize("between", ["|", "; ", ", "])
@pytest.mark.parametrize("field", SETS, ids=lambda field: field.name)
def test_all_of_a_set_pass_however_long_it_is(field: CodeSetField, between: str) -> None:
    for language in ("da", "en"):
        labels = [code.label(language) for code in field.codelist.codes]
        many = between.join(itertools.islice(itertools.cycle(labels), 2 * len(labels)))
        assert len(many) > LONGEST
        if not any(each in label for label in labels for each in "|;,"):
            assert value_kind(field.name, many) is None
            assert value_kind(field.name, many.replace(labels[0], labels[0][:-1])) is None
        assert value_kind(field.name, f"{many}{between}she told us that") == FREE_TEXT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a.b at c.d.dk", IdentifierKind.EMAIL),
        ("profil.name-- dot dk", IdentifierKind.URL),
        ("10.0.0.17/x", IdentifierKind.URL),
        ("sag nr. .: ab12", IdentifierKind.CASE_NUMBER),
        ("sag nr 5", IdentifierKind.CASE_NUMBER),
    ],
)
def test_what_patterns_see(text: str, kind: IdentifierKind) -> None:
    assert patterns.text_kind(text) == kind


def test_a_file_has_so_much_text_of_its_own_and_no_more() -> None:
    tally = IdentifierTally(100)
    for line in range(50):
        assert (
            check_cells(
                ["region", "reference"], ["DK01", "c0ffee11-5a3d-4d7e-9b21-0f1e2d3c4b5a"], line, spend=tally.spend
            )
            == []
        )
    check_cells(["region"], ["q" * 64], spend=tally.spend)
    check_cells(["region"], ["q" * 64], spend=tally.spend)
    with pytest.raises(FileRefused) as refusal:
        check_members({"services_needed": ["z" * 50]}, spend=tally.spend)
    assert refusal.value.code == "payload_too_large"
    assert [finding.rule for finding, _ in refusal.value.findings] == ["too_much_text"]


def test_every_look_at_a_value_counts_and_what_repeats_counts_once() -> None:
    tally = IdentifierTally(1_000)
    for line in range(50):
        assert check_unread([], [(column, "wyrst") for column in range(3, 9)], line, spend=tally.spend) == []
    assert tally.text_left >= 1_000 - LOOK - len("wyrst")
    left = tally.text_left
    check_members({"region": [1, 2, "wyrst", True, None]}, spend=tally.spend)
    assert left - tally.text_left == 3 * LOOK + len("wyrst")
    left = tally.text_left
    check_cells(
        ["reference", "case_token", "recorded_at"], ["a", "b", "2026-11-26T22:30:49.123456+00:00"], spend=tally.spend
    )
    check_members({"wyrst": {"wyrst": 1}}, spend=tally.spend)
    assert left - tally.text_left == 3 * LOOK + 2 * len("wyrst")
