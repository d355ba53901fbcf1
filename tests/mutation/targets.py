"""Which files mistakes are made in, and which tests are measured for a file, or asked about its SQL: its own, then the room's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.apps import OF_RECORDS, ROOMS
from tests.mutation.operators import Mutation, mutations

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = (
    "stats/protection/**/*.py",
    "stats/publishing/*.py",
    "stats/sums/*.py",
    "stats/periods.py",
    "cases/intake/*.py",
    "cases/intake/guard/*.py",
    "cases/intake/batches/committing.py",
    "cases/intake/batches/storing.py",
    "cases/intake/batches/work.py",
    "cases/intake/readers/spool.py",
    "cases/intake/readers/strict_json.py",
    "cases/intake/templates/files.py",
    "cases/intake/understanding/sources.py",
    "cases/rules.py",
    "partners/credentials.py",
    *(f"{room}/**/sql/*.sql" for room in ROOMS),
)
API, ATTACKS, CASES, SQL = "tests/api", "tests/attacks", "tests/cases", "tests/sql"
STATISTICS, RIGHTS = "tests/stats", "tests/oversight/rights"
PROTECTION, PUBLISHING = f"{STATISTICS}/protection", f"{STATISTICS}/publishing"
POPULATIONS, RULES = f"{ATTACKS}/test_populations.py", f"{PUBLISHING}/test_rules.py"
SUMS = f"{STATISTICS}/sums"
TELLING = f"{PUBLISHING}/test_telling.py", f"{PUBLISHING}/test_telling_weaker.py"

Tests = tuple[str, ...]
# By the beginning of a path; the longest that fits is asked.
FIRST: dict[str, Tests] = {
    "stats/protection": (f"{PROTECTION}/test_audit.py", f"{PROTECTION}/test_suppress.py"),
    "stats/protection/perturbation.py": (
        f"{PROTECTION}/test_keys.py",
        f"{PROTECTION}/test_noise.py",
        f"{PROTECTION}/test_vectors.py",
    ),
    "stats/protection/audit": (f"{PROTECTION}/test_audit.py", f"{PROTECTION}/test_margins.py"),
    "stats/protection/audit/certificate.py": (f"{PROTECTION}/test_certificate.py",),
    "stats/protection/suppress": (f"{PROTECTION}/test_suppress.py", f"{PROTECTION}/test_optimum.py"),
    "stats/protection/suppress/primary.py": (f"{PROTECTION}/test_primary.py",),
    "stats/protection/verify": (f"{STATISTICS}/test_verify.py", f"{PROTECTION}/test_certificate.py"),
    "stats/protection/verify/__main__.py": (f"{PROTECTION}/test_certified_tables.py",),
    "stats/publishing": (RULES, f"{STATISTICS}/test_protected.py"),
    "stats/publishing/atoms.py": (f"{PUBLISHING}/test_blocks.py", f"{PUBLISHING}/test_vintages.py", RULES),
    "stats/publishing/blocks.py": (f"{PUBLISHING}/test_blocks.py", RULES),
    "stats/publishing/authority.py": (f"{PUBLISHING}/test_perturbation.py", RULES),
    "stats/publishing/cells.py": (*TELLING, RULES),
    "stats/publishing/checks.py": (f"{PUBLISHING}/test_keys.py", f"{STATISTICS}/test_protected_command.py"),
    "stats/publishing/choice.py": (f"{PUBLISHING}/test_choice.py",),
    "stats/publishing/facts.py": (f"{PUBLISHING}/test_facts.py",),
    "stats/publishing/gate.py": (f"{ATTACKS}/test_method.py", f"{PUBLISHING}/test_gate.py", *TELLING),
    "stats/publishing/implied_cells.py": (f"{PUBLISHING}/test_implied_cells.py",),
    "stats/publishing/insiders.py": (
        f"{PUBLISHING}/test_umbrella.py",
        f"{PUBLISHING}/test_successors.py",
        RULES,
        f"{PUBLISHING}/test_erasure.py",
    ),
    "stats/publishing/cell_noise.py": (f"{PUBLISHING}/test_keys.py", f"{PUBLISHING}/test_perturbation.py"),
    "stats/publishing/links.py": (
        f"{PUBLISHING}/test_dictionary_rules.py",
        f"{PUBLISHING}/test_blocks.py",
    ),
    "stats/publishing/inputs.py": (f"{PUBLISHING}/test_vintages.py", f"{PUBLISHING}/test_erasure.py"),
    "stats/publishing/orders.py": (f"{PUBLISHING}/test_orders.py",),
    "stats/publishing/demands.py": (
        f"{PUBLISHING}/test_facts.py",
        f"{PUBLISHING}/test_figures_after_erasure.py",
        RULES,
    ),
    "stats/publishing/proposals.py": (f"{PUBLISHING}/test_proposals.py",),
    "stats/publishing/sources.py": (RULES, f"{PUBLISHING}/test_vintages.py"),
    "stats/publishing/store.py": (RULES, f"{RIGHTS}/test_concurrency.py"),
    "stats/publishing/published_bounds.py": TELLING,
    "stats/publishing/vintages.py": (f"{PUBLISHING}/test_vintages.py",),
    "stats/publishing/vintage_changes.py": (f"{PUBLISHING}/test_vintage_changes.py",),
    "stats/publishing/release_sums.py": (f"{PUBLISHING}/test_release_sums.py",),
    "stats/periods.py": (
        f"{STATISTICS}/test_periods.py",
        f"{PUBLISHING}/test_timeline.py",
        f"{PUBLISHING}/test_blocks.py",
        f"{PUBLISHING}/test_vintages.py",
    ),
    "stats/sums": (f"{SUMS}/test_protection.py", f"{SUMS}/test_leaves.py"),
    "stats/sums/authority.py": (f"{SUMS}/test_authority.py",),
    "stats/sums/datasets.py": (f"{API}/test_sums.py",),
    "cases/intake": (f"{CASES}/test_submit.py", f"{CASES}/test_assess.py"),
    "cases/intake/batches": (f"{CASES}/intake/batches",),
    "cases/intake/guard": (f"{CASES}/guard",),
    "cases/intake/rehearsal.py": (f"{API}/test_rehearsal.py",),
    "cases/intake/rules.py": (f"{CASES}/test_rules.py", f"{CASES}/test_submit.py"),
    "cases/rules.py": (f"{CASES}/test_rules.py", f"{CASES}/test_impossible.py"),
    "partners/credentials.py": ("tests/partners/test_credentials.py",),
    "partners/jobs/sql": (f"{SQL}/test_jobs.py",),
    "partners/mail/sql": (f"{SQL}/test_mail.py",),
    "cases/sql": (f"{SQL}/test_versions.py",),
    "cases/linking/sql": (f"{CASES}/linking/test_linking.py",),
    "oversight/quality/sql": (f"{SQL}/test_rule_tallies.py",),
    "oversight/reporting/sql": (f"{SQL}/test_first_reports.py",),
    "oversight/subject_requests/sql": (f"{SQL}/test_register.py",),
    "cases/windows/sql": (f"{SQL}/test_windows.py",),
    "oversight/rights/sql/erase.sql": (f"{SQL}/test_erase.py", f"{SQL}/test_erase_steps.py"),
    "oversight/rights/sql/restrict.sql": (f"{SQL}/test_restrict.py",),
    "oversight/retention/sql": (f"{SQL}/test_retention.py",),
    "oversight/returns/sql": (f"{SQL}/test_returns.py",),
    "oversight/rights/sql/rehearsal.sql": (f"{SQL}/test_rehearsal.py",),
    "oversight/rights/sql/produce.sql": (f"{SQL}/test_produce.py",),
    "stats/sql/erased_counts.sql": (f"{SQL}/test_erased_counts.py",),
    "stats/sql/exact.sql": (f"{SQL}/test_exact.py",),
    "stats/sql/publish.sql": (
        f"{SQL}/test_publish.py",
        f"{SQL}/test_seals.py",
        f"{PUBLISHING}/test_umbrella.py",
    ),
    "stats/sql/preview.sql": (f"{SQL}/test_preview.py",),
    "stats/sql/calendar.sql": (f"{SQL}/test_calendar.py",),
    "stats/sql/schedule.sql": (f"{SQL}/test_schedule.py",),
    "stats/sql/umbrellas.sql": (f"{SQL}/test_umbrellas.py",),
    "publications/annual/sql": (f"{SQL}/test_report.py",),
    "notices/sql": (f"{SQL}/test_notices.py",),
    "publications/plans/sql": (f"{SQL}/test_plans.py",),
    "publications/international/sql": (f"{SQL}/test_international.py",),
    "cases/services/sql": (f"{SQL}/test_counts.py",),
    "stats/sql": (f"{SQL}/test_publish.py", f"{SQL}/test_seals.py"),
    "partners/sql": (f"{SQL}/test_append_only.py", f"{SQL}/test_refuse.py"),
    "partners/sql/access.sql": (f"{SQL}/test_access.py",),
    "partners/organisations/sql/organisations.sql": (f"{SQL}/test_organisations.py", "tests/partners/organisations"),
    "cases/sql/agreement.sql": (f"{SQL}/test_organisations.py",),
    "partners/sql/moments.sql": (f"{SQL}/test_moments.py",),
    "partners/sql/staff.sql": (f"{SQL}/test_staff.py",),
    "partners/people/sql": (f"{SQL}/test_never_staff.py",),
}
FURTHER: dict[str, Tests] = {
    "stats/protection": (PROTECTION, RULES, POPULATIONS, f"{STATISTICS}/test_verify.py"),
    "stats/publishing": (
        POPULATIONS,
        PUBLISHING,
        f"{STATISTICS}/test_protected.py",
        f"{STATISTICS}/test_admin.py",
    ),
    "stats/periods.py": (PUBLISHING, SUMS, STATISTICS),
    "stats/sums": (SUMS, f"{ATTACKS}/test_counts.py"),
    "cases/intake": (
        f"{API}/test_referrals.py",
        f"{API}/test_assessments.py",
        f"{API}/test_rules.py",
        f"{API}/test_changes.py",
        f"{API}/test_outcome.py",
    ),
    "cases/intake/batches": (f"{API}/batches",),
    "cases/intake/guard": (f"{API}/test_identifiers.py", f"{API}/test_never_echoed.py"),
    "cases/rules.py": (
        f"{API}/test_rules.py",
        f"{API}/test_referrals.py",
        f"{API}/test_assessments.py",
        f"{PUBLISHING}/test_dictionary_rules.py",
        f"{PUBLISHING}/test_blocks.py",
    ),
    "partners/credentials.py": (
        f"{API}/test_oauth.py",
        f"{API}/test_token_end.py",
        "tests/partners",
        f"{SQL}/test_access.py",
    ),
    "cases/linking": (SQL, f"{CASES}/linking"),
    **dict.fromkeys(OF_RECORDS, (SQL, RIGHTS, f"{STATISTICS}/test_guarded_functions.py")),
    "partners": (SQL, "tests/partners", "tests/people/test_escalation.py"),
}


def every_mutation(*beginnings: str) -> Iterator[Mutation]:
    """Every mistake in the files whose paths begin so; in all of them where no beginning is named."""
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(beginnings or ""):
            yield from mutations(name, path.read_text(encoding="utf-8"))


def first_tests(path: str) -> Tests:
    """The tests that are asked first."""
    return longest(FIRST, path)


def further_tests(path: str) -> Tests:
    """The tests that are asked where the first notice nothing."""
    return longest(FURTHER, path)


def longest(table: dict[str, Tests], path: str) -> Tests:
    """The entry of the longest beginning of a path. Raises `ValueError` for a path that has none."""
    return table[max((name for name in table if path.startswith(name)), key=len)]
