"""The words of the public pages, and of those of notices and of services."""

from __future__ import annotations

from core.text import Text
from notices.languages import ORDER
from stats.sums.datasets import ABOUT

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


NOTICES: dict[str, Text] = {
    "title": Text("Varsler på flere sprog", "Notices in several languages"),
    "lead": Text(
        "Hvad myndighederne oplyser i en krise: om smitte, test, restriktioner og hjælp. Du kan læse, hente og give det videre.",
        "What the authorities say in a crisis: on infection, tests, restrictions and help. You can read it, fetch it and hand "
        "it on.",
    ),
    "none": Text("Der er ingen varsler lige nu.", "There are no notices at present."),
    "languages": Text("Sprog", "Languages"),
    "text": Text("Teksten", "The text"),
    "issuer": Text("Fra", "From"),
    "over": Text("Varslets tid er gået.", "The notice is past its time."),
    "order": ORDER,
    "pdf": Text("Hent som opslag (PDF)", "Fetch as a sheet (PDF)"),
    "cap": Text("Som CAP 1.2, for programmer", "As CAP 1.2, for programs"),
    "feed": Text("Abonnér på varsler (Atom)", "Subscribe to notices (Atom)"),
    "sms": Text("Som SMS", "As a text message"),
    "send_sms": Text("Send som SMS", "Send as a text message"),
    "source": Text("Kilde", "Source"),
    "gone_title": Text("Varslet er trukket tilbage", "The notice is withdrawn"),
    "gone": Text("Det gælder ikke længere.", "It no longer holds."),
    "replacement": Text("Det gælder nu:", "This holds now:"),
    "all": Text("Alle varsler", "All notices"),
    "services": Text("Hvilke tilbud er åbne?", "Which services are open?"),
}
CRISIS: dict[str, Text] = {
    "title": Text("Krise", "Crisis"),
    "read": Text("Læs, hvad myndighederne oplyser", "Read what the authorities say"),
    "none": Text("Der er ingen varsler endnu.", "There are no notices yet."),
}
SERVICES: dict[str, Text] = {
    "title": Text("Hvilke tilbud er åbne?", "Which services are open?"),
    "lead": Text(
        "Her skriver organisationerne selv, om deres tilbud er åbne. Nogle adresser vises ikke, for at beskytte dem, der bor "
        "eller kommer der. Ring til hotlinen, så får du hjælp til at finde et sted.",
        "The organisations themselves write here whether their services are open. Some addresses are not shown, to protect "
        "those who live or come there. Call the hotline: they will help you find a place.",
    ),
    "call": Text("Den nationale hotline ved, hvor der er hjælp:", "The national hotline knows where there is help:"),
    "none": Text("Ingen har oplyst noget om sine tilbud.", "Nobody has said anything about their services."),
    "address": Text("Adresse", "Address"),
    "no_address": Text("vises ikke, ring til hotlinen", "not shown, call the hotline"),
    "until": Text("til og med", "until"),
    "said": Text("opdateret", "updated"),
    "offers": Text("Hvad der tilbydes, og til hvem", "What is offered, and to whom"),
    "languages": Text("Varsler, der gælder, kan læses på:", "Notices that hold can be read in:"),
}
# What is offered, and to whom. Where it lists something, a code list has it.
OFFERS: dict[str, Text] = {
    "outreach": Text(
        "For mennesker, der kan være udsat for menneskehandel. Medarbejdere opsøger dem: på gaden, i "
        "massageklinikker, på arbejdspladser og på internettet.",
        "For people who may be victims of trafficking. Staff seek them out: in the street, in massage "
        "clinics, at workplaces and on the internet.",
    ),
    "clinic": Text(
        "For alle, der kommer. Ingen spørger om navn. Hjælpen kan gælde {services}. Ikke alle steder har det hele.",
        "For everybody who comes. Nobody asks for a name. What they help with: {services}. Not every place has all of it.",
    ),
    "shelter": Text(
        "Et sted at bo i sikkerhed. Der er pladser til {kinds}. Et krisecenter kan være for en af grupperne eller for alle.",
        "A safe place to stay. There are places for {kinds}. A shelter may be for one of the groups or for all.",
    ),
    "hotline_name": Text("Den nationale hotline", "The national hotline"),
    "hotline": Text(
        "For den, det handler om, og for alle, der har mistanke om menneskehandel. Du kan ringe uden at oplyse dit navn.",
        "For the person concerned, and for everybody who suspects trafficking. You can call without giving your name.",
    ),
    "support_name": Text("Støtte til en person", "Support for a person"),
    "support": Text(
        "For den, der kan være udsat for menneskehandel. Det kan være {services}. Hvad du kan få, oplyser den organisation eller "
        "myndighed, du er i kontakt med.",
        "For somebody who may be a victim of trafficking. It may be {services}. The organisation or authority that you are in "
        "touch with will tell you what you can get.",
    ),
    "identified_name": Text("Efter en vurdering", "After an identification"),
    "identified": Text(
        "For den, der er vurderet udsat for menneskehandel. Myndighederne kan give {services}. Hver sag afgøres for sig.",
        "For somebody who has been identified as a victim. What the authorities can grant: {services}. Each case is decided by "
        "itself.",
    ),
}
