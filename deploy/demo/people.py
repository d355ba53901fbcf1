"""The people of a demo, their roles, and the purpose of each."""

from __future__ import annotations

ADMIN, BUILDER, APPROVER, MANAGER = "demo", "demo-statistician", "demo-approver", "demo-manager"
OFFICER, PARTNER_MANAGER = "demo-data-protection", "demo-partner-manager"
# The people of one partner, by name: what each is there. The manager first.
MEMBERS = {MANAGER: "MANAGER", "demo-caseworker": "CASEWORKER", "demo-reader": "READER"}
# Who has which role. What one has built the other may publish.
STAFF = {
    BUILDER: "statistician",
    APPROVER: "approver",
    "demo-case-manager": "case_manager",
    OFFICER: "data_protection",
    PARTNER_MANAGER: "partner_manager",
    "demo-auditor": "auditor",
}
PEOPLE = (ADMIN, *STAFF, *MEMBERS)
# What each is there for; the partner of the last ones is named beside it.
FOR = (
    "everything",
    "orders releases",
    "publishes what another has ordered",
    "decides on duplicates and conflicts",
    "answers persons' requests: produces and erases what is held",
    "asks for clients and invitations; demo approves",
    "sees what was done and who may do what",
    "reports, secrets and people of",
    "reports of",
    "reads what is sent by",
)
