"""SQL fragments that join a case, a referral or an assessment to its person. No other module writes these joins.

Each fragment takes the aliases of tables, and a moment; without a moment it is about what is current. A person's id is that of
the case of the group that was opened first.
"""

from __future__ import annotations

NOW = ""
AS_OF = "%(as_of)s"


def current(alias: str, moment: str = NOW) -> str:
    """The condition that a version of `alias` is current, or was current at a moment (an SQL expression such as `AS_OF`)."""
    if moment == NOW:
        return f"{alias}.superseded_at IS NULL"
    return f"{alias}.recorded_at <= {moment} AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > {moment})"


def join_moved_record(record: str, moment: str = NOW, *, reference: bool = True, alias: str = "x") -> str:
    """LEFT JOIN of the split, if any, that moved a record of `record`: a referral, or an assessment where `reference` is false."""
    condition = f"{alias}.reference = {record}.reference" if reference else f"{alias}.reference IS NULL"
    return (
        f"LEFT JOIN linking_recordlink {alias} ON {alias}.from_case_id = {record}.case_id "
        f"AND {alias}.partner_id = {record}.partner_id AND {condition} AND {current(alias, moment)}"
    )


def join_linked_case(case: str, moment: str = NOW, *, alias: str = "l") -> str:
    """LEFT JOIN of the link from a case (an SQL expression) to its person, if that is another case."""
    return f"LEFT JOIN linking_caselink {alias} ON {alias}.case_id = {case} AND {current(alias, moment)}"


def join_person(record: str, moment: str = NOW, *, reference: bool = True) -> str:
    """Both joins for a record. `PERSON.format(record)` is then the person's id."""
    case = f"coalesce(x.case_id, {record}.case_id)"
    return f"{join_moved_record(record, moment, reference=reference)} {join_linked_case(case, moment)}"


PERSON = "coalesce(l.person_id, x.case_id, {0}.case_id)"
