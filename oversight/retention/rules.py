"""How long each class of data is kept, from which event on, and what deletes it: the one table.

What somebody may ask is answered from it: *Privatliv*, the pages of staff, and the command `retention`. The months of a class are
the operator's (`HENVIS_RETENTION`); what is kept for days is kept for the service, and is what its own room says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.conf import settings

from cases.intake.batches import retention as deliveries
from cases.intake.understanding import mappings
from cases.months import COPENHAGEN, later
from core.text import Text
from partners.jobs import queue
from partners.people import invitation_states

PERSONS, NO_VICTIMS = "persons", "no_victims"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A class of data. `begins`: from which event on it is kept; for how many months the settings say, or for how many `days`."""

    id: str
    what: Text
    begins: Text
    days: timedelta | None = None

    @property
    def months(self) -> int | None:
        """For how many months; None where it is kept for days."""
        return settings.HENVIS_RETENTION.get(self.id)

    @property
    def length(self) -> Text:
        """How long, in words."""
        if (months := self.months) is None:
            days = (self.days or timedelta()) // timedelta(days=1)
            return Text("1 dag", "1 day") if days == 1 else Text(f"{days} dage", f"{days} days")
        years, rest = divmod(months, 12)
        if rest:
            return Text(f"{months} måneder", f"{months} months")
        return Text(f"{years} år", "1 year" if years == 1 else f"{years} years")

    @property
    def words(self) -> Text:
        """How long, and from which event on."""
        return Text(*(f"{long} {begins}" for long, begins in zip(self.length, self.begins, strict=True)))


WRITTEN = Text("efter at det blev skrevet", "after it was written")
END_OF_YEAR = Text(
    "efter det sidste år, der er noget om personen fra, men først når Rigsarkivet har fået dem eller har givet afkald på dem",
    "after the last year with a record of the person, but not before the National Archives have them or want none of them",
)
RULES: tuple[RetentionRule, ...] = (
    RetentionRule(
        PERSONS,
        Text(
            "En persons henvisninger, vurderinger, sagskoder og koblinger",
            "A person's referrals, assessments, case tokens and links",
        ),
        END_OF_YEAR,
    ),
    RetentionRule(
        NO_VICTIMS,
        Text(
            "Det samme, når personen er vurderet ikke at være udsat for menneskehandel",
            "The same, where the person was found not to be a victim of trafficking",
        ),
        END_OF_YEAR,
    ),
    RetentionRule(
        "codes",
        Text("Koblingskoder", "Linkage codes"),
        Text("efter at henvisningen sidst blev ændret", "after the referral last changed"),
    ),
    RetentionRule(
        "requests",
        Text("Registret over personers anmodninger", "The register of persons' requests"),
        Text("efter svaret", "after the answer"),
    ),
    RetentionRule(
        "audit",
        Text(
            "Hvem der har set og ændret oplysninger om personer", "Who has seen and changed what is recorded of persons"
        ),
        WRITTEN,
    ),
    RetentionRule("reads", Text("Hvad partneres programmer har læst", "What partners' programs have read"), WRITTEN),
    RetentionRule(
        "mails", Text("Hvilke mails der er sendt, uden tekst", "Which mails were sent, without text"), WRITTEN
    ),
    RetentionRule(
        "receipts", Text("Hvem der har set og videregivet varsler", "Who has seen and handed on notices"), WRITTEN
    ),
    RetentionRule(
        "rows",
        Text("Rækker i en fil, der ikke er gemt", "Rows of a file that were not stored"),
        Text("efter at filen kom", "after the file came"),
        deliveries.WAITS,
    ),
    RetentionRule(
        "results",
        Text("Svaret på hver række i en fil", "The answer to each row of a file"),
        Text("efter at filen var læst", "after the file was read"),
        deliveries.KEPT,
    ),
    RetentionRule(
        "mappings",
        Text("En partners egne kolonner og ord", "A partner's own columns and words"),
        Text("efter at de sidst blev brugt", "after they were last used"),
        mappings.KEPT,
    ),
    RetentionRule(
        "jobs",
        Text("Hvad serveren har gjort i baggrunden", "What the server did in the background"),
        Text("efter at det var gjort", "after it was done"),
        queue.KEPT,
    ),
    RetentionRule(
        "invitations",
        Text("Navne på invitationer", "Names on invitations"),
        Text("efter at invitationen var brugt eller udløbet", "after the invitation was used or had ended"),
        invitation_states.KEPT,
    ),
)
BY_ID: Mapping[str, RetentionRule] = MappingProxyType({rule.id: rule for rule in RULES})
# What one statement deletes each night, by its class (`henvis_forget`).
FORGOTTEN = ("codes", "requests", "audit", "reads", "mails", "receipts")


def months_of(name: str) -> int:
    """For how many months a class is kept."""
    months: int = settings.HENVIS_RETENTION[name]
    return months


def goes_on(month: date, recorded_at: datetime) -> date:
    """The first day on which a record may go, by what it says itself: others of the person may keep it for longer."""
    year = max(month.year, recorded_at.astimezone(COPENHAGEN).year)
    return later(date(year + 1, 1, 1), min(months_of(PERSONS), months_of(NO_VICTIMS)))
