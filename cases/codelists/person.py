"""Code lists on the person: gender, age, residence, and the questions that only minors have."""

from datetime import date

from cases.codelists.common import NOT_ANSWERED, code, code_list, no, not_applicable, reworded_not_asked, unknown, yes
from cases.codelists.types import UNKNOWN, Level
from core.text import Text

GENDER = code_list(
    "gender",
    "Køn",
    "Gender",
    (
        code("F", "Kvinde", "Female", HTCDS="Feminine", CTDC="Female", UK_NRM="Female", SDMX="F"),
        code("M", "Mand", "Male", HTCDS="Masculine", CTDC="Male", UK_NRM="Male", SDMX="M"),
        # The other standards divide or delimit this group differently, so it has no equivalent there.
        code("X", "Transkønnet eller andet", "Transgender or other"),
        unknown(HTCDS="NonSpecifiedUnknown", UK_NRM="Unknown", SDMX="_U"),
    ),
)

_UNDER_18 = {"Y0T11", "Y12T14", "Y15T17", "_U_MINOR"}
_UNDER_25 = _UNDER_18 | {"Y18T24"}
# An adult of unknown age may be under or over 25; only `_U` is true of both.
_UNKNOWN_AT_25 = {"_U_ADULT", UNKNOWN}


def _age18(leaf: str, _month: date) -> str:
    if leaf == UNKNOWN:
        return UNKNOWN
    return "Y_LT18" if leaf in _UNDER_18 else "Y_GE18"


def _age25(leaf: str, _month: date) -> str:
    if leaf in _UNKNOWN_AT_25:
        return UNKNOWN
    return "Y_LT25" if leaf in _UNDER_25 else "Y_GE25"


_AGE18 = Level(
    "age18",
    Text("Under eller over 18 år", "Under or over 18"),
    (
        code("Y_LT18", "Under 18 år", "Under 18 years", CTDC="Minor"),
        code("Y_GE18", "18 år eller derover", "18 years or over", CTDC="Adult"),
        unknown(CTDC="Unknown"),
    ),
    _age18,
    axis_label=Text("Alder (under eller over 18 år)", "Age (under or over 18)"),
)
_AGE25 = Level(
    "age25",
    Text("Under eller over 25 år", "Under or over 25"),
    (
        code("Y_LT25", "Under 25 år", "Under 25 years"),
        code("Y_GE25", "25 år eller derover", "25 years or over"),
        unknown(),
    ),
    _age25,
    axis_label=Text("Alder (under eller over 25 år)", "Age (under or over 25)"),
)

AGE_BAND = code_list(
    "age_band",
    "Alder ved henvisningen",
    "Age at referral",
    (
        code("Y0T11", "0–11 år", "0–11 years"),
        code("Y12T14", "12–14 år", "12–14 years", CTDC="12--14"),
        code("Y15T17", "15–17 år", "15–17 years", CTDC="15--17"),
        code("Y18T24", "18–24 år", "18–24 years"),
        code("Y25T34", "25–34 år", "25–34 years"),
        code("Y35T44", "35–44 år", "35–44 years"),
        code("Y45T54", "45–54 år", "45–54 years"),
        code("Y_GE55", "55 år eller derover", "55 years or over"),
        code("_U_MINOR", "Under 18 år, alder i øvrigt ukendt", "Under 18, age otherwise not known"),
        code("_U_ADULT", "18 år eller derover, alder i øvrigt ukendt", "18 or over, age otherwise not known"),
        unknown(CTDC="Unknown"),
    ),
    _AGE18,
    _AGE25,
)

MINOR_WHEN_EXPLOITED = code_list(
    "minor_when_exploited",
    "Under 18 år ved udnyttelsen",
    "Under 18 when exploited",
    (
        yes(CTDC="Minor", UK_NRM="Child (17 or under)"),
        no(CTDC="Adult", UK_NRM="Adult (18 or over)"),
        not_applicable("Endnu ikke udnyttet", "Not yet exploited"),
        unknown(CTDC="Unknown", UK_NRM="Not specified or unknown"),
    ),
)

YES_NO_MINOR = code_list(
    "yes_no_minor",
    "Ja eller nej, kun for mindreårige",
    "Yes or no, for minors only",
    (yes(), no(), not_applicable("Ikke mindreårig", "Not a minor"), unknown(), reworded_not_asked()),
    version=NOT_ANSWERED.version,
)

RESIDENCE_BASIS = code_list(
    "residence_basis",
    "Opholdsgrundlag",
    "Basis of residence",
    (
        code("DK_CITIZEN", "Dansk statsborger", "Danish citizen"),
        code(
            "EU_FREE_MOVEMENT",
            "Fri bevægelighed (EU/EØS, Schweiz, Norden)",
            "Free movement (EU/EEA, Switzerland, Nordic countries)",
        ),
        code("PERMIT_FAMILY", "Opholdstilladelse: familiesammenføring", "Residence permit: family reunification"),
        code("PERMIT_WORK", "Opholdstilladelse: arbejde", "Residence permit: work"),
        code("PERMIT_STUDY", "Opholdstilladelse: studier", "Residence permit: studies"),
        code("PERMIT_OTHER", "Opholdstilladelse: andet grundlag", "Residence permit: other basis"),
        code(
            "TEMPORARY_PROTECTION",
            "Midlertidig beskyttelse (særlov om fordrevne fra Ukraine)",
            "Temporary protection (special act on persons displaced from Ukraine)",
        ),
        code("ASYLUM_SEEKER", "Asylansøger", "Asylum seeker"),
        code("VISA_OR_EXEMPT", "Visum eller visumfrit ophold", "Visa or visa-exempt stay"),
        code("NO_LEGAL_STAY", "Uden lovligt ophold", "Without lawful stay"),
        unknown(),
    ),
)
