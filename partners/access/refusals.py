"""What the functions of `partners/sql/access.sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "REQUEST_NOT_WAITING": Text(
        "Anmodningen findes ikke eller venter ikke længere.", "There is no such request that waits."
    ),
    "APPROVED_BY_REQUESTER": Text(
        "Der skal to til: en, der beder om det, og en anden, der godkender det.",
        "Two people are needed: one who asks, and another who approves.",
    ),
    "REQUEST_RIGHT_MISSING": Text(
        "Både den, der beder om det, og den, der godkender det, skal være aktive og have ret til at bede om det.",
        "Who asks and who approves are active and may both ask for this.",
    ),
    "CLIENT_NOT_APPROVED": Text(
        "En medarbejder beder om klienten, og en anden godkender den.",
        "A client is asked for by one member of staff and approved by another.",
    ),
    "INVITATION_NOT_APPROVED": Text(
        "En beder om invitationen, og en anden godkender den.",
        "This invitation is asked for by one and approved by another.",
    ),
    "SECRET_WITHOUT_MANAGER": Text(
        "En API-nøgle dannes af en ansvarlig hos partneren.", "A secret is made by a manager of its partner."
    ),
    "SECRET_OF_DESK": Text(
        "Indberetningssidernes klient har ingen API-nøgle.", "The client of the desk has no secret."
    ),
    "ROLE_WITHOUT_MANAGER": Text(
        "En anden leder hos partneren giver en person en anden rolle.",
        "Another manager of the partner gives a person another role.",
    ),
    "MEMBER_NOT_INVITED": Text(
        "En person hos en partner kommer ved en invitation.", "A person of a partner comes by an invitation."
    ),
}
