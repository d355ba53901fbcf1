"""The words of the pages of releases."""

from __future__ import annotations

from core.text import Text
from stats.reading.entries import EXTERNAL, CatalogueEntry

RELEASES: dict[str, Text] = {
    "title": Text("Udgivelser", "Releases"),
    "lead": Text(
        "Tallene udkommer i udgivelser. En udgivelse ændres aldrig. Bliver tallene revideret, kommer der en "
        "ny udgave af samme "
        "periode, og den gamle kan stadig læses.",
        "Figures are published in releases. A release never changes. If figures are revised, there is a new "
        "vintage of the same "
        "period, and the old one can still be read.",
    ),
    "errata": Text("Rettelser", "Errata"),
    "ours": Text("Vores udgivelser", "Our releases"),
    "others": Text("Tal fra andre kilder", "Figures from other sources"),
    "others_lead": Text(
        "Tal, som andre har offentliggjort, eller som centret offentliggjorde, før dette system blev taget i brug. De kan ikke "
        "tælles efter her.",
        "Figures that others published, or that the centre published before this system was in use. They cannot be verified here.",
    ),
    "none": Text("Der er endnu ingen udgivelser.", "Nothing has been released yet."),
    "period": Text("Periode", "Period"),
    "release": Text("Udgivelse", "Release"),
    "vintage": Text("Udgave", "Vintage"),
    "date": Text("Udgivet", "Published"),
    "state": Text("Status", "Status"),
    "reason": Text("Begrundelse", "Reason"),
}
RELEASE: dict[str, Text] = {
    "title": Text("Udgivelse", "Release"),
    "errata": Text("Rettelser", "Errata"),
    "withdrawal": Text("Udgivelsen er trukket tilbage", "The release has been withdrawn"),
    "reason": Text("Begrundelse", "Reason"),
    "instead": Text("Brug i stedet", "Use instead"),
    "about": Text("Om udgivelsen", "About the release"),
    "period": Text("Periode", "Period"),
    "as_of": Text("Opgjort pr.", "As of"),
    "date": Text("Udgivet", "Published"),
    "vintage": Text("Udgave", "Vintage"),
    "state": Text("Status", "Status"),
    "unknown_date": Text("datoen er ikke kendt", "the date is not known"),
    "kinds": Text("Tallenes art", "Kind of figures"),
    "reasons": Text("Hvorfor udgivelsen skete alligevel", "Why it was published all the same"),
    "gone": Text("Tallene er trukket tilbage. Brug dem ikke.", "These figures are withdrawn. Do not use them."),
    "change_notes": Text("Ændret siden den forrige udgave", "Changed since the previous vintage"),
    "tables": Text("Tabeller", "Tables"),
    "sources": Text("Kilder", "Sources"),
    "formulas": Text("Sådan er tallene beregnet", "How the figures were computed"),
    "access": Text("Hvem kunne se tallene før udgivelsen", "Who could see the figures before publication"),
    "access_lead": Text(
        "Ingen uden for centret. I centret kunne disse medarbejdere se et udkast; dertil kommer de medarbejdere, der driver "
        "serveren.",
        "Nobody outside the centre. In the centre these members of staff could see a draft, and so could the staff who run "
        "the server.",
    ),
    "secrecy": Text("Hvad der ikke vises", "What is not shown"),
    "check": Text("Kontrollér beviset", "Check the proof"),
    "check_lead": Text(
        "Udgivelsen har et bevis for, at de skjulte tal ikke kan regnes ud af de viste. Enkelte skjulte tal kan dog regnes ud af "
        "tal, som andre har offentliggjort; beviset nævner dem.",
        "The release has a proof that the hidden figures cannot be computed from those that are shown. Single hidden figures may "
        "be given away by figures that others have published; the proof names them.",
    ),
    "certificate": Text("Hent beviset (JSON)", "Download the proof (JSON)"),
    "cite": Text("Citér udgivelsen", "Cite the release"),
    "vintages": Text("Andre udgaver af perioden", "Other vintages of the period"),
    "compare": Text("Se hvad der er ændret", "See what changed"),
    "all_releases": Text("Alle udgivelser", "All releases"),
}

COMPARE: dict[str, Text] = {
    "title": Text("Hvad der er ændret", "What changed"),
    "then": Text("Før", "Then"),
    "now": Text("Nu", "Now"),
    "change": Text("Forskel", "Difference"),
    "about": Text(
        "Tabellerne viser de tal, som er ændret, og dem, hvor det ikke fremgår, om de er ændret. [c] betyder "
        "skjult; efter det, og ved et "
        "tal som 0–9, står, hvad det skjulte tal kan være. Er et af de to tal skjult, er forskellen det også. : betyder ukendt.",
        "The tables have the figures that changed, and those of which it is hidden whether they did. [c] "
        "means hidden; after it, and "
        "as in 0–9, stands what the hidden figure may be. Where one of the two figures is hidden, so is the difference. : means "
        "not known.",
    ),
    "nothing": Text("Intet tal er ændret.", "No figure changed."),
}


def heading_of(release: CatalogueEntry) -> Text:
    """What a release is: whose figures, of when, and which vintage."""
    da, en = (" fra andre kilder", " from other sources") if release.kind == EXTERNAL else ("", "")
    period, vintage = release.period.label, release.vintage
    return Text(f"Tal{da} for {period.da}, {vintage}. udgave", f"Figures{en} for {period.en}, vintage {vintage}")


def threshold_note(threshold: int) -> Text:
    return Text(
        f"Tal om personer fra 1 til {threshold - 1} vises ikke, undtagen hvor oplysningen er ukendt. Andre tal er skjult, hvor "
        "de små ellers kunne regnes ud. Hvad der er oplyst om et skjult tal, står i tabellen.",
        f"Figures of persons from 1 to {threshold - 1} are not shown, except where the value is not known. Others are hidden "
        "where the small ones could otherwise be computed. What is told of a hidden figure is shown in the table.",
    )


def state_words(release: CatalogueEntry, newest: CatalogueEntry | None) -> Text:
    """Whether a release holds. `newest`: the release of its period that does."""
    if release.withdrawal:
        # What others published is no replacement for a figure of ours.
        if newest is None or newest.kind == EXTERNAL:
            return Text("Trukket tilbage", "Withdrawn")
        if newest.id == release.withdrawal.replacement:
            return Text(f"Trukket tilbage, erstattet af {newest.id}", f"Withdrawn, replaced by {newest.id}")
        return Text(f"Trukket tilbage; brug {newest.id}", f"Withdrawn; use {newest.id}")
    if newest and newest.kind != release.kind:
        # What we counted replaces nothing that others published, perhaps by another definition.
        return Text(f"Vores tal: {newest.id}", f"Our figures: {newest.id}")
    if newest is None or newest.id == release.id:
        return Text("Gældende", "Current")
    return Text(f"Erstattet af {newest.id}", f"Replaced by {newest.id}")


def still_read_note(newest: str) -> Text:
    """That a later vintage has fewer tables."""
    return Text(
        f"Tabeller, som {newest} ikke har, læses stadig herfra.",
        f"Tables that {newest} does not have are still read from here.",
    )
