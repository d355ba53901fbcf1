"""One alias table from the labels of the UK National Referral Mechanism to the codes of our dictionary.

Records and published cells both go through it, and a label that maps to nothing is an error, never "not known".
Dual nationalities are split into known demonyms, longest match first, and count as the first named one that is known.
"""

from itertools import chain
from typing import Final

TOTAL: Final = "TOTAL"
UNKNOWN: Final = "_U"

PARTNER_KIND: Final = {
    "Government agency": "GOVERNMENT_AGENCY",
    "Local Authority": "MUNICIPALITY",
    "NGO and third sector": "NGO",
    "Police": "POLICE",
}
DETECTED_BY: Final = {
    "GOVERNMENT_AGENCY": "IMMIGRATION",
    "MUNICIPALITY": "MUNICIPALITY",
    "NGO": "NGO",
    "POLICE": "POLICE",
}
# Two government agencies are not the immigration authority that the other three are.
DETECTED_BY_RESPONDER: Final = {
    "Gangmasters and Labour Abuse Authority GLAA": "LABOUR_INSPECTION",
    "National Crime Agency NCA": "POLICE",
}
GENDER: Final = {"Female": "F", "Male": "M", "Other": "X", "Not Recorded": UNKNOWN, "Unknown": UNKNOWN}
MINOR_WHEN_EXPLOITED: Final = {
    "Child (17 or under)": "YES",
    "Adult (18 or over)": "NO",
    "Not specified or unknown": UNKNOWN,
}
# The order is the rule: of a combined label the form that stands first here is the primary one.
EXPLOITATION: Final = {
    "Sexual": "SEXUAL",
    "Labour": "LABOUR",
    "Domestic": "DOMESTIC",
    "Organ Harvesting": "ORGAN",
    "Criminal": "CRIMINAL",
}
EXPLOITATION_UNKNOWN: Final = "Not specified or unknown"

UNKNOWN_DEMONYMS: Final = frozenset({"unknown", "not recorded", "not specified"})
STATELESS_DEMONYMS: Final = frozenset({"stateless"})

# ISO 3166-1 alpha-2 (and XK) to the demonyms in use for it. Left out on purpose, because they name no single country:
# "Congolese", "Korean", "Samoan" without more. "Dominican" is of Dominica; the Dominican Republic has its own label.
DEMONYMS: Final[dict[str, tuple[str, ...]]] = {
    "AD": ("Andorran",),
    "AE": ("Emirati",),
    "AF": ("Afghan",),
    "AG": ("Citizen of Antigua and Barbuda", "Antiguan"),
    "AI": ("Anguillan",),
    "AL": ("Albanian",),
    "AM": ("Armenian",),
    "AO": ("Angolan",),
    "AR": ("Argentine", "Argentinian"),
    "AT": ("Austrian",),
    "AU": ("Australian",),
    "AZ": ("Azerbaijani",),
    "BA": ("Citizen of Bosnia and Herzegovina", "Bosnian"),
    "BB": ("Barbadian",),
    "BD": ("Bangladeshi",),
    "BE": ("Belgian",),
    "BF": ("Burkinan", "Burkinabe"),
    "BG": ("Bulgarian",),
    "BH": ("Bahraini",),
    "BI": ("Burundian",),
    "BJ": ("Beninese",),
    "BM": ("Bermudian",),
    "BN": ("Bruneian",),
    "BO": ("Bolivian",),
    "BR": ("Brazilian",),
    "BS": ("Bahamian",),
    "BT": ("Bhutanese",),
    "BW": ("Botswanan", "Motswana"),
    "BY": ("Belarusian",),
    "BZ": ("Belizean",),
    "CA": ("Canadian",),
    "CD": ("Congolese (DRC)",),
    "CF": ("Central African",),
    "CG": ("Congolese (Congo)",),
    "CH": ("Swiss",),
    "CI": ("Ivorian",),
    "CK": ("Cook Islander",),
    "CL": ("Chilean",),
    "CM": ("Cameroonian",),
    "CN": ("Chinese",),
    "CO": ("Colombian",),
    "CR": ("Costa Rican",),
    "CU": ("Cuban",),
    "CV": ("Cape Verdean",),
    "CY": ("Cypriot",),
    "CZ": ("Czech",),
    "DE": ("German",),
    "DJ": ("Djiboutian",),
    "DK": ("Danish",),
    "DM": ("Dominican",),
    "DO": ("Citizen of the Dominican Republic",),
    "DZ": ("Algerian",),
    "EC": ("Ecuadorean", "Ecuadorian"),
    "EE": ("Estonian",),
    "EG": ("Egyptian",),
    "ER": ("Eritrean",),
    "ES": ("Spanish",),
    "ET": ("Ethiopian",),
    "FI": ("Finnish",),
    "FJ": ("Fijian",),
    "FM": ("Micronesian",),
    "FO": ("Faroese",),
    "FR": ("French",),
    "GA": ("Gabonese",),
    "GB": ("UK", "British"),
    "GD": ("Grenadian",),
    "GE": ("Georgian",),
    "GH": ("Ghanaian",),
    "GI": ("Gibraltarian",),
    "GL": ("Greenlandic",),
    "GM": ("Gambian",),
    "GN": ("Guinean",),
    "GQ": ("Equatorial Guinean",),
    "GR": ("Greek",),
    "GT": ("Guatemalan",),
    "GU": ("Guamanian",),
    "GW": ("Citizen of Guinea-Bissau",),
    "GY": ("Guyanese",),
    "HK": ("Hong Konger",),
    "HN": ("Honduran",),
    "HR": ("Croatian",),
    "HT": ("Haitian",),
    "HU": ("Hungarian",),
    "ID": ("Indonesian",),
    "IE": ("Irish",),
    "IL": ("Israeli",),
    "IN": ("Indian",),
    "IQ": ("Iraqi",),
    "IR": ("Iranian",),
    "IS": ("Icelandic",),
    "IT": ("Italian",),
    "JM": ("Jamaican",),
    "JO": ("Jordanian",),
    "JP": ("Japanese",),
    "KE": ("Kenyan",),
    "KG": ("Kyrgyz",),
    "KH": ("Cambodian",),
    "KI": ("Citizen of Kiribati",),
    "KM": ("Comoran",),
    "KN": ("Kittitian",),
    "KP": ("North Korean",),
    "KR": ("South Korean",),
    "KW": ("Kuwaiti",),
    "KY": ("Cayman Islander",),
    "KZ": ("Kazakh",),
    "LA": ("Lao",),
    "LB": ("Lebanese",),
    "LC": ("St Lucian",),
    "LI": ("Liechtenstein Citizen",),
    "LK": ("Sri Lankan",),
    "LR": ("Liberian",),
    "LS": ("Mosotho",),
    "LT": ("Lithuanian",),
    "LU": ("Luxembourger",),
    "LV": ("Latvian",),
    "LY": ("Libyan",),
    "MA": ("Moroccan",),
    "MC": ("Monegasque",),
    "MD": ("Moldovan",),
    "ME": ("Montenegrin",),
    "MG": ("Malagasy",),
    "MH": ("Marshallese",),
    "MK": ("Macedonian",),
    "ML": ("Malian",),
    "MM": ("Burmese",),
    "MN": ("Mongolian",),
    "MO": ("Macanese",),
    "MQ": ("Martiniquais",),
    "MR": ("Mauritanian",),
    "MS": ("Montserratian",),
    "MT": ("Maltese",),
    "MU": ("Mauritian",),
    "MV": ("Maldivian",),
    "MW": ("Malawian",),
    "MX": ("Mexican",),
    "MY": ("Malaysian",),
    "MZ": ("Mozambican",),
    "NA": ("Namibian",),
    "NE": ("Nigerien",),
    "NG": ("Nigerian",),
    "NI": ("Nicaraguan",),
    "NL": ("Dutch",),
    "NO": ("Norwegian",),
    "NP": ("Nepalese",),
    "NR": ("Nauruan",),
    "NU": ("Niuean",),
    "NZ": ("New Zealander",),
    "OM": ("Omani",),
    "PA": ("Panamanian",),
    "PE": ("Peruvian",),
    "PG": ("Papua New Guinean",),
    "PH": ("Filipino",),
    "PK": ("Pakistani",),
    "PL": ("Polish",),
    "PN": ("Pitcairn Islander",),
    "PR": ("Puerto Rican",),
    "PS": ("Palestinian",),
    "PT": ("Portuguese",),
    "PW": ("Palauan",),
    "PY": ("Paraguayan",),
    "QA": ("Qatari",),
    "RO": ("Romanian",),
    "RS": ("Serbian",),
    "RU": ("Russian",),
    "RW": ("Rwandan",),
    "SA": ("Saudi Arabian",),
    "SB": ("Solomon Islander",),
    "SC": ("Citizen of Seychelles",),
    "SD": ("Sudanese",),
    "SE": ("Swedish",),
    "SG": ("Singaporean",),
    "SH": ("St Helenian",),
    "SI": ("Slovenian",),
    "SK": ("Slovak",),
    "SL": ("Sierra Leonean",),
    "SM": ("Sammarinese",),
    "SN": ("Senegalese",),
    "SO": ("Somali",),
    "SR": ("Surinamese",),
    "SS": ("South Sudanese",),
    "ST": ("Sao Tomean",),
    "SV": ("Salvadorean",),
    "SY": ("Syrian",),
    "SZ": ("Swazi",),
    "TC": ("Turks and Caicos Islander",),
    "TD": ("Chadian",),
    "TG": ("Togolese",),
    "TH": ("Thai",),
    "TJ": ("Tajik",),
    "TL": ("East Timorese",),
    "TM": ("Turkmen",),
    "TN": ("Tunisian",),
    "TO": ("Tongan",),
    "TR": ("Turkish",),
    "TT": ("Trinidadian",),
    "TV": ("Tuvaluan",),
    "TW": ("Taiwanese",),
    "TZ": ("Tanzanian",),
    "UA": ("Ukrainian",),
    "UG": ("Ugandan",),
    "US": ("American",),
    "UY": ("Uruguayan",),
    "UZ": ("Uzbek",),
    "VA": ("Vatican Citizen",),
    "VC": ("Vincentian",),
    "VE": ("Venezuelan",),
    "VG": ("British Virgin Islander",),
    "VN": ("Vietnamese",),
    "VU": ("Citizen of Vanuatu",),
    "XK": ("Kosovan",),
    "YE": ("Yemeni",),
    "ZA": ("South African",),
    "ZM": ("Zambian",),
    "ZW": ("Zimbabwean",),
}


class UnmappedLabelError(ValueError):
    """A label of the reference data has no code of ours: the alias table is incomplete."""

    def __init__(self, column: str, label: str) -> None:
        super().__init__(f"{column}: no code for {label!r}")


def words(label: str) -> tuple[str, ...]:
    """Spelling variants made equal: '(DRC)', '(Drc)' and 'Drc'; 'Guinea-Bissau' and 'Guinea Bissau'; 'UKrainian'."""
    return tuple(label.translate(str.maketrans("()-", "   ")).casefold().split())


def _demonym_codes() -> dict[tuple[str, ...], str]:
    named = [(words(name), code) for code, names in DEMONYMS.items() for name in names]
    unknown = [(words(name), UNKNOWN) for name in UNKNOWN_DEMONYMS]
    stateless = [(words(name), "_STATELESS") for name in STATELESS_DEMONYMS]
    codes: dict[tuple[str, ...], str] = {}
    for name, code in chain(named, unknown, stateless):
        if codes.setdefault(name, code) != code:
            raise ValueError(f"{' '.join(name)!r} stands for both {codes[name]} and {code}")
    return codes


DEMONYM_CODES: Final = _demonym_codes()
LONGEST_DEMONYM: Final = max(map(len, DEMONYM_CODES))


def citizenships(label: str) -> tuple[str, ...]:
    """All codes that a nationality label names, in its order; the whole label has to be understood."""
    rest, found = words(label), list[str]()
    while rest:
        lengths = range(min(len(rest), LONGEST_DEMONYM), 0, -1)
        length = next((n for n in lengths if rest[:n] in DEMONYM_CODES), None)
        if length is None:
            raise UnmappedLabelError("Nationality", label)
        found.append(DEMONYM_CODES[rest[:length]])
        rest = rest[length:]
    if not found:
        raise UnmappedLabelError("Nationality", label)
    return tuple(found)


def citizenship(label: str) -> str:
    """The one code a person counts under: the first named that is known, then stateless, then not known."""
    codes = citizenships(label)
    countries = [code for code in codes if not code.startswith("_")]
    if countries:
        return countries[0]
    return "_STATELESS" if "_STATELESS" in codes else UNKNOWN


def exploitation(label: str) -> tuple[str, tuple[str, ...]]:
    """Primary form and the other forms, sorted. 'Sexual, Labour & Criminal' → SEXUAL, (CRIMINAL, LABOUR)."""
    if label == EXPLOITATION_UNKNOWN:
        return UNKNOWN, ()
    parts = [part.strip() for part in label.replace("&", ",").split(",")]
    if len(set(parts)) != len(parts) or not set(parts) <= EXPLOITATION.keys():
        raise UnmappedLabelError("Exploitation type", label)
    primary, *others = (code for name, code in EXPLOITATION.items() if name in parts)
    return primary, tuple(sorted(others))


def alias(column: str, table: dict[str, str], label: str) -> str:
    """The code of a label in a plain table; unmapped is an error."""
    try:
        return table[label]
    except KeyError:
        raise UnmappedLabelError(column, label) from None
