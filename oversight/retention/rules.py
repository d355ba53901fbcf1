"""How long each class of data is kept, from which event on, and what deletes it: the one table.

What somebody may ask is answered from it: *Privatliv*, the pages of staff, and the command `retention`. The months of a class are the
operator's (`HENVIS_RETENTION`); what is kept for days is kept for the service, and is what its own room says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.conf import settings

from cases.intake.batches import retention as deliveries
from cases.intake.understanding import mappings
from cases.months import later
from core.text import Text
from partners.jobs import queue
from partners.people import invitation_states

PERSONS, NO_VICTIMS = "persons", "no_victims"
END_OF_YEAR = Text("udgangen af det sidste år, der er noget om personen fra", "the end of the last year with a record of the person")


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A class of data. `begins`: the event from which it is kept for so long; `months`: by settings, else `days`."""

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
            return Text("1 døgn", "1 day") if days == 1 else Text(f"{days} dage", f"{days} days")
        years, rest = divmod(months, 12)
        return Text(f"{years} år", f"{years} years" if years > 1 else "1 year") if not rest else Text(f"{months} måneder", f"{months} months")


def kept(name: str, da: str, en: str, begins: Text, days: timedelta | None = None) -> RetentionRule:
    return RetentionRule(name, Text(da, en), begins, days)


CREATED = Text("de blev skrevet", "they were written")
RULES: tuple[RetentionRule, ...] = (
    kept(
        PERSONS,
        "En persons henvisninger, vurderinger, sagskoder og koblinger",
        "A person's referrals, assessments, case tokens and links",
        END_OF_YEAR,
    ),
    kept(
        NO_VICTIMS,
        "De samme, når personen er vurderet ikke at være udsat for menneskehandel",
        "The same, where the person was found not to be a victim of trafficking",
        END_OF_YEAR,
    ),
    kept("codes", "Koblingskoder", "Linkage codes", Text("henvisningen sidst blev ændret", "the referral last changed")),
    kept("requests", "Registret over personers anmodninger", "The register of persons' requests", Text("anmodningen blev besvaret", "the request was answered")),
    kept("audit", "Hvem der har set og ændret oplysninger om personer", "Who has seen and changed records of persons", CREATED),
    kept("reads", "Hvilke programmer der har læst, og hvor mange rækker", "Which programs have read, and how many rows", CREATED),
    kept("mails", "Hvilke mails der er sendt (ingen tekst)", "Which mails were sent (no text)", CREATED),
    kept("receipts", "Hvem der har set og videregivet varsler", "Who has seen and handed on notices", CREATED),
    kept("rows", "Rækker i en fil, der ikke er gemt", "Rows of a file that are not stored", Text("filen kom", "the file came"), deliveries.WAITS),
    kept("results", "Svar på hver række i en fil", "What became of each row of a file", Text("filen var læst", "the file was read"), deliveries.KEPT),
    kept("mappings", "En partners egne kolonner og ord", "A partner's own columns and words", Text("de sidst blev brugt", "they were last used"), mappings.KEPT),
    kept("jobs", "Hvad serveren har gjort i baggrunden", "What the server did in the background", Text("det var gjort", "it was done"), queue.KEPT),
    kept("invitations", "Navne på invitationer", "Names on invitations", Text("invitationen udløb eller blev brugt", "the invitation ended"), invitation_states.KEPT),
)
BY_ID: Mapping[str, RetentionRule] = MappingProxyType({rule.id: rule for rule in RULES})
# What one statement deletes each night, by its class (`henvis_forget`).
FORGOTTEN = ("codes", "requests", "audit", "reads", "mails", "receipts")


def months_of(name: str) -> int:
    """For how many months a class is kept."""
    months: int = settings.HENVIS_RETENTION[name]
    return months


def goes_on(year: int) -> date:
    """The first day on which a person whose last record is of a year may go, unless she was found to be no victim."""
    return later(date(year + 1, 1, 1), months_of(PERSONS))
