"""From records to persons, in SQL: the one place that says which person a case, a referral or an assessment belongs to.

Every text takes aliases of tables and a moment; without one it means what is current. A person is the case that stands for its
group, the one opened first.
"""

from __future__ import annotations

NOW = ""
AS_OF = "%(as_of)s"


def current(alias: str, moment: str = NOW) -> str:
    """The condition that a version of `alias` is current, or was at a moment (an SQL expression, such as `AS_OF`)."""
    if moment == NOW:
        return f"{alias}.superseded_at IS NULL"
    return f"{alias}.recorded_at <= {moment} AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > {moment})"


def moved(record: str, moment: str = NOW, *, reference: bool = True, alias: str = "x") -> str:
    """LEFT JOIN of the split that moved a record of `record` (a referral, or with `reference` false an assessment), if any."""
    named = f"{alias}.reference = {record}.reference" if reference else f"{alias}.reference IS NULL"
    return (
        f"LEFT JOIN linking_recordlink {alias} ON {alias}.from_case_id = {record}.case_id "
        f"AND {alias}.partner_id = {record}.partner_id AND {named} AND {current(alias, moment)}"
    )


def linked(case: str, moment: str = NOW, *, alias: str = "l") -> str:
    """LEFT JOIN of the link of a case (an SQL expression) to its person, if it is another case."""
    return f"LEFT JOIN linking_caselink {alias} ON {alias}.case_id = {case} AND {current(alias, moment)}"


def of_record(record: str, moment: str = NOW, *, reference: bool = True) -> str:
    """Both joins for a record; `PERSON.format(record)` is then the person's id."""
    return f"{moved(record, moment, reference=reference)} {linked(f'coalesce(x.case_id, {record}.case_id)', moment)}"


PERSON = "coalesce(l.person_id, x.case_id, {0}.case_id)"
