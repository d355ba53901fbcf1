"""The words of the public pages."""

from __future__ import annotations

from core.text import Text
from stats.sums.of_forms import ABOUT

FRONT: dict[str, Text] = {
    "title": Text("Tal om menneskehandel", "Figures on human trafficking"),
    "by_year": Text(
        "Personer vurderet udsat for menneskehandel, år for år", "Persons identified as victims, year by year"
    ),
    "year": Text("År", "Year"),
    "persons": Text("Personer", "Persons"),
    "change": Text("Ændring fra året før", "Change from the year before"),
    "source": Text("Kilde", "Source"),
    "elsewhere": Text("andre kilder", "other sources"),
    "see_table": Text("Se tabellen", "See the table"),
    "about": Text("Om tallene", "About the figures"),
    "themes": Text("Temaer", "Themes"),
    "every_table": Text("Alle tabeller", "All tables"),
    "downloads": Text("Hent tallene", "Download the figures"),
    "latest": Text("Udgivelsen af det nyeste år", "The release of the latest year"),
    "next": Text("Næste", "Next"),
    "errata": Text("Rettelser", "Errata"),
    "legend": Text("Tegnforklaring", "Key"),
    "no_figures": Text("Der er ingen udgivne tal.", "There are no published figures."),
}
STATISTICS: dict[str, Text] = {
    "title": Text("Statistik", "Statistics"),
    "lead": Text(
        "Vælg et emne, og se tallene år for år. Hver tabel kan hentes til Excel, R, Python og Power BI.",
        "Choose a subject, and see the figures year by year. Each table can be downloaded for Excel, R, Python and Power BI.",
    ),
    "search": Text("Søg efter et emne", "Search for a subject"),
    "search_hint": Text("For eksempel prostitution, land, børn", "For example prostitution, country, children"),
    "find": Text("Søg", "Search"),
    "nothing": Text("Intet emne passer på søgningen.", "No subject matches the search."),
    "every_subject": Text("Vis alle emner", "Show all subjects"),
    "in_years": Text("Udgivet for", "Published for"),
    "sums": Text("Tal fra tilbud, politi og anklagemyndighed", "Figures from services, police and prosecution"),
    "sums_about": ABOUT,
    "whole": Text("I alt, uden opdeling", "In total, without breakdown"),
}
TABLE: dict[str, Text] = {
    "folded": Text("Andele og ændringer år for år", "Shares and changes, year by year"),
    "behind": Text("Indberetninger bag tallene", "Reports behind the figures"),
    "choose": Text("Vælg opdeling og periode", "Choose breakdown and period"),
    "rows": Text("Opdelt efter", "Broken down by"),
    "columns": Text("og efter", "and by"),
    "pinned": Text(
        "Siden viser en bestemt udgave af tallene.", "The page shows one particular vintage of the figures."
    ),
    "newest": Text("Vis den nyeste udgave", "Show the newest vintage"),
    "period": Text("Periode (fra)", "Period (from)"),
    "until": Text("til og med", "to"),
    "every_year": Text("Alle år", "All years"),
    "no_end": Text("Kun denne periode", "This period only"),
    "newest_period": Text("Den nyeste", "The newest"),
    "pool": Text("samlet", "together"),
    "not_of_table": Text("ikke udgivet med den opdeling", "not published with this breakdown"),
    "quantity": Text("Hvad der tælles", "What is counted"),
    "every_quantity": Text("Alle tal", "All figures"),
    "parts": Text("Hvor tallene er fra", "Where the figures are from"),
    "none": Text("Ingen opdeling", "No breakdown"),
    "show": Text("Vis tabellen", "Show the table"),
    "not_of_period": Text("ikke udgivet for perioden", "not published for the period"),
    "not_beside": Text(
        "ikke udgivet sammen med den første opdeling", "not published together with the first breakdown"
    ),
    "only": Text("Kun", "Only"),
    "without_filter": Text("Vis alle", "Show all"),
    "total": Text("I alt", "Total"),
    "legend": Text("Tegnforklaring", "Key"),
    "about": Text("Om tallene", "About the figures"),
    "downloads": Text("Hent tabellen", "Download the table"),
    "copy": Text("Brug tabellen i et program", "Use the table in a program"),
    "cite": Text("Citér tallene", "Cite the figures"),
    "short_newest": Text("Kort link, altid til de nyeste tal", "Short link, always to the newest figures"),
    "short_vintage": Text("Kort link til denne udgave", "Short link to this vintage"),
    "check": Text("Kontrollér beviset", "Check the proof"),
    "all_subjects": Text("Alle emner", "All subjects"),
    "every_row": Text("Vis alle rækker", "Show every row"),
    "too_many": Text(
        "Siden viser højst to opdelinger ad gangen. Hent tabellen for at se dem alle.",
        "The page shows two breakdowns at most. Download the table to see them all.",
    ),
    "not_offered": Text(
        "Der er ikke udgivet en tabel med den opdeling for den periode.",
        "No table with that breakdown has been published for that period.",
    ),
    "refused": Text("Tabellen findes ikke", "There is no such table"),
    "instead": Text("Der er udgivet", "What has been published"),
    "refused_lead": Text(
        "Vælg en anden opdeling eller en anden periode.", "Choose another breakdown or another period."
    ),
}
CHARTS: dict[str, Text] = {"get": Text("Hent figuren", "Download the chart")}
FEED: dict[str, Text] = {
    "title": Text("nye udgivelser", "new releases"),
    "lead": Text(
        "Udgivelser af tal om menneskehandel i Danmark.", "Releases of figures on human trafficking in Denmark."
    ),
    "withdrawn": Text(": trukket tilbage", ": withdrawn"),
}


def victims_title(year: str) -> Text:
    """The heading above who the victims of a year are."""
    return Text(f"Hvem er ofrene? {year}", f"Who are the victims? {year}")


def empty_rows_note(number: int, language: str) -> str:
    """How many rows are left out."""
    da, en = (
        ("række", "row of 0 or without figures is") if number == 1 else ("rækker", "rows of 0 or without figures are")
    )
    return Text(f"{number} {da} med 0 eller uden tal er udeladt.", f"{number} {en} left out.")(language)


def hidden_note(hidden: int, figures: int, threshold: int | None, language: str, *, of_sums: bool = False) -> str:
    """How many of the figures on a page are hidden, and why. Empty where none is."""
    if not hidden:
        return ""
    why = Text("", "")
    if of_sums:
        da, en = (("det", "it"), ("de", "they"))[hidden > 1]
        why = Text(
            f": {da} kunne pege på få personer eller på én organisation, eller røbe et andet skjult tal",
            f": {en} could point to a few persons or to one organisation, or reveal another hidden figure",
        )
    elif threshold:
        da, en = (("det", "it"), ("de", "they"))[hidden > 1]
        of_da, of_en = ("det", "it") if hidden == 1 else ("dem", "them")
        why = Text(
            f": {da} kunne vise færre end {threshold} personer, eller et sådant tal kunne beregnes af {of_da}",
            f": {en} could show fewer than {threshold} persons, or such a number could be computed from {of_en}",
        )
    verb = Text("er skjult", "is hidden" if hidden == 1 else "are hidden")
    return Text(f"{hidden} af {figures} tal {verb.da}{why.da}.", f"{hidden} of {figures} figures {verb.en}{why.en}.")(
        language
    )
