"""Weights of codes for which nothing is published. They are plausible and not measured: draw no conclusion from them."""

from __future__ import annotations

from collections.abc import Mapping

from cases.codelists import CITIZENSHIP, EXPLOITATION_DETAIL, MEANS_OF_CONTROL, SERVICE
from sandbox.chance import Weights

# The person.
GENDER_OF_FORM: Mapping[str, Weights] = {
    "SEXUAL": {"F": 20, "M": 1, "X": 3},
    "LABOUR": {"F": 2, "M": 6, "X": 0.2},
    "CRIMINAL": {"F": 2, "M": 5, "X": 0.2},
}
MINOR_OF_FORM: Weights = {"SEXUAL": 1, "LABOUR": 0.3, "CRIMINAL": 4}
BANDS_UNDER_18: Weights = {"Y12T14": 1, "Y15T17": 5}
BANDS_FROM_25: Weights = {"Y25T34": 55, "Y35T44": 28, "Y45T54": 12, "Y_GE55": 3, "_U_ADULT": 4}
EXPLOITED_IN: Weights = {"DENMARK": 70, "ABROAD": 12, "BOTH": 14, "_U": 4}
WAS_MINOR: Weights = {"NO": 92, "YES": 2, "_U": 6}
WAS_MINOR_YOUNG: Weights = {"NO": 75, "YES": 15, "_U": 10}
RESIDENCE_EU: Weights = {"EU_FREE_MOVEMENT": 92, "NO_LEGAL_STAY": 5, "_U": 3}
RESIDENCE: Weights = {
    "NO_LEGAL_STAY": 42, "ASYLUM_SEEKER": 22, "PERMIT_WORK": 8, "PERMIT_FAMILY": 6, "PERMIT_OTHER": 6, "PERMIT_STUDY": 3,
    "VISA_OR_EXEMPT": 10, "_U": 3,
}  # fmt: skip
FURTHER_FORM: Weights = {
    "SEXUAL": 3,
    "LABOUR": 3,
    "CRIMINAL": 3,
    "BEGGING": 1,
    "DOMESTIC": 2,
    "MARRIAGE": 1,
    "SLAVERY": 1,
}
DETAIL: Mapping[str, Weights] = {
    "SEXUAL": {
        "SEXUAL_STREET": 38, "SEXUAL_CLINIC": 25, "SEXUAL_ESCORT_ONLINE": 22, "SEXUAL_PRIVATE": 8, "SEXUAL_REMOTE": 2,
        "SEXUAL_PORNOGRAPHY": 1, "_U": 4,
    },
    "LABOUR": {
        "LABOUR_F": 28, "LABOUR_CLEANING": 22, "LABOUR_A": 12, "LABOUR_I": 12, "LABOUR_H": 8, "LABOUR_C": 6, "LABOUR_T": 6,
        "LABOUR_FISHING": 2, "LABOUR_N": 2, "_U": 2,
    },
    "CRIMINAL": {
        "CRIMINAL_THEFT": 40, "CRIMINAL_DRUGS": 22, "CRIMINAL_CANNABIS": 18, "CRIMINAL_FRAUD": 12, "CRIMINAL_OTHER": 5, "_U": 3,
    },
}  # fmt: skip
KNOWN_DETAILS = frozenset(code.code for code in EXPLOITATION_DETAIL.codes if code.parent is not None)
CITIZENSHIP_OF_FORM: Mapping[str, Weights] = {
    "SEXUAL": {
        "NG": 40, "RO": 14, "TH": 9, "UG": 4, "KE": 3, "GH": 3, "CM": 2, "SL": 1, "HU": 4, "BG": 3, "BR": 3, "VE": 2, "CO": 2,
        "DO": 2, "CN": 3, "UA": 2, "DK": 2, "PL": 1, "CZ": 1, "AL": 1, "ET": 1, "GN": 1, "ZA": 0.5, "CU": 0.5,
    },
    "LABOUR": {
        "RO": 22, "PH": 10, "UA": 9, "LT": 6, "PL": 6, "LK": 5, "VN": 4, "BG": 5, "IN": 4, "NP": 4, "PK": 3, "BD": 3, "LV": 3,
        "MD": 2, "UZ": 2, "KE": 1, "UG": 1, "IT": 1, "MA": 1, "TR": 1,
    },
    "CRIMINAL": {
        "RO": 15, "MA": 12, "VN": 10, "DZ": 6, "LT": 4, "PL": 3, "TN": 2, "LY": 2, "RS": 2, "SO": 3, "AF": 3, "SY": 2, "DK": 2,
        "SK": 2, "BA": 1, "GE": 2,
    },
}  # fmt: skip
CITIZENSHIP_ELSE: Weights = {
    "NG": 8, "RO": 8, "AF": 5, "SY": 4, "ER": 4, "SO": 4, "IQ": 3, "IR": 3, "ET": 3, "VN": 3, "PH": 3, "MA": 2, "_STATELESS": 1,
}  # fmt: skip
ALL_COUNTRIES = tuple(code for code in CITIZENSHIP.names if code != "_U")
SPREAD_OF_COUNTRIES = 0.25

# The referral.
CONSENT: Weights = {"GIVEN": 72, "NOT_GIVEN": 12, "NOT_ASKED": 16}
WITHOUT_CONSENT: Weights = {"NOT_GIVEN": 1, "NOT_ASKED": 1}
PREVIOUSLY_FIRST: Weights = {"NO": 60, "_U": 20, "YES": 5, "_N": 15}
PREVIOUSLY_LATER: Weights = {"YES": 75, "NO": 10, "_U": 5, "_N": 10}
WITHDRAWAL: Weights = {"DUPLICATE": 5, "ENTERED_IN_ERROR": 3, "CONSENT_WITHDRAWN": 2, "NOT_A_REFERRAL": 1, "_O": 1}
REGION: Weights = {"DK01": 44, "DK02": 10, "DK03": 17, "DK04": 17, "DK05": 9, "ABROAD": 1, "_U": 2}
RECRUITER: Weights = {
    "BROKER": 20, "ACQUAINTANCE": 16, "FRIEND": 10, "PARTNER": 12, "FAMILY": 8, "EMPLOYER": 12, "ONLINE": 8, "STRANGER": 4,
    "_O": 2, "_U": 5, "_N": 3,
}  # fmt: skip
DURATION: Weights = {"LT1M": 8, "M1T6": 28, "M7T12": 20, "M13T24": 16, "GT24M": 12, "_U": 10, "_N": 6}
UNACCOMPANIED: Weights = {"YES": 60, "NO": 30, "_U": 10}
GUARDIAN: Weights = {"YES": 70, "NO": 20, "_U": 5, "_N": 5}
NOT_A_MINOR: Weights = {"_Z": 80, "_N": 20}
CONTROLS = tuple(code for code in MEANS_OF_CONTROL.names if not code.startswith("_"))
CONTROLS_BEFORE = tuple(code for code in CONTROLS if code not in {"TAKES_EARNINGS", "EXCESSIVE_WORKING_HOURS"})
SERVICES = tuple(code for code in SERVICE.names if code not in {"CHILD_GUARDIAN", "_O"})

# The assessment.
REFLECTION: Weights = {"REFLECTION": 60, "OFFERED_DECLINED": 15, "NOT_OFFERED": 15, "_U": 5, "_N": 5}
RESTITUTION: Weights = {"RESTITUTION": 40, "OFFERED_DECLINED": 20, "NOT_OFFERED": 30, "_U": 5, "_N": 5}
REFLECTION_DAYS: Weights = {"D_LE30": 30, "D31T120": 55, "D_GT120": 10, "_U": 5}
PREPARED_RETURN: Weights = {
    "ACCEPTED": 20,
    "COMPLETED": 18,
    "DECLINED": 20,
    "LEFT_PROGRAMME": 12,
    "NOT_OFFERED": 20,
    "_U": 10,
}
RESIDENCE_OUTCOME: Weights = {"NONE": 70, "ASYLUM": 12, "PERMIT_INVESTIGATION": 4, "OTHER_PERMIT": 8, "_U": 4, "_N": 2}
NOT_AS_VICTIM: Weights = {
    "NOT_IDENTIFIED": 62,
    "INSUFFICIENT": 10,
    "DECLINED": 13,
    "LOST_CONTACT": 11,
    "TRANSFERRED": 4,
}
