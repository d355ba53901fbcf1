"""The words of the page of a proof. They say what the verifier checks, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from core.text import Text
from pages.public.witnesses import WitnessTables

PROOF: dict[str, Text] = {
    "title": Text("Kontrol af beviset for", "Check of the proof of"),
    "holds": Text("Beviset holder", "The proof holds"),
    "holds_lead": Text(
        "Det blev regnet efter, da denne side blev dannet, og hver tabel i udgivelsen blev holdt op imod det.",
        "The proof was checked when this page was made, and every table of the release was compared with it.",
    ),
    "fails": Text("Kontrollen fandt fejl", "The check found errors"),
    "fails_lead": Text(
        "Beviset eller en tabel er ikke i orden. Siden viser derfor intet om de skjulte tal. Se "
        "nedenfor, hvad der er galt.",
        "The proof or a table is not as it should be. So this page says nothing of the hidden figures. What "
        "is wrong is listed below.",
    ),
    "shows": Text("Hvad kontrollen viser", "What the check shows"),
    "tables": Text("Tabellerne", "The tables"),
    "table": Text("Tabel", "Table"),
    "figures": Text("Tal", "Figures"),
    "hidden": Text("Heraf skjulte", "Of these hidden"),
    "finding": Text("Kontrol", "Check"),
    "agrees": Text("stemmer med beviset", "agrees with the proof"),
    "differs": Text("stemmer ikke med beviset", "does not agree with the proof"),
    "unchecked": Text("ikke kontrolleret", "not checked"),
    "example": Text("Et eksempel", "An example"),
    "published": Text("Udgivet", "Published"),
    "first": Text("Første mulighed", "First possibility"),
    "second": Text("Anden mulighed", "Second possibility"),
    "differing": Text("skjult, forskelligt i de to", "hidden, differs in the two"),
    "limits": Text("Hvad beviset ikke viser", "What the proof does not say"),
    "limits_text": Text(
        "Ingen af de to muligheder behøver at være den rigtige: de er lavet af offentliggjorte tal alene. "
        "Af det, der er oplyst om et skjult tal, er det bevist, at begge ender er mulige; at intet tal ligger udenfor, kræver "
        "et program, der løser ligninger. "
        "Beviset viser intet om, hvad man kan slutte, hvis man kender tal, som ikke indgår i det, eller ved noget om enkelte "
        "personer.",
        "Neither of the two possibilities need be the true one: they are made of published figures alone. "
        "Of what is told of a hidden figure it is proved that both ends are possible; that no value lies outside takes a solver. "
        "The proof says nothing of "
        "what somebody can infer who knows figures that it does not list, or who knows something of single persons.",
    ),
    "checks": Text("Alt, hvad der blev kontrolleret", "Everything that was checked"),
    "passed": Text("i orden", "passed"),
    "failed": Text("FEJL", "FAILED"),
    "yourself": Text("Kontrollér det selv", "Check it yourself"),
    "yourself_lead": Text(
        "Kopiér mappen stats/protection/verify fra kildekoden, og kør den ved siden af de filer, som du henter. Den "
        "bruger Python og intet andet, og den er så kort, at den kan læses.",
        "Copy the folder stats/protection/verify of the source code, and run it beside the files that you download. It "
        "needs Python and nothing else, and it is short enough to be read.",
    ),
    "download": Text("Hent beviset (JSON)", "Download the proof (JSON)"),
    "release": Text("Om udgivelsen", "About the release"),
}
# The checks of the verifier, by the names that it gives them.
CHECKS: dict[str, Text] = {
    "the certificate can be read": Text("Beviset kan læses.", "The proof can be read."),
    "every cell is of a release that the certificate holds for": Text(
        "Hvert tal i beviset er fra en udgivelse, som beviset gælder for.",
        "Every figure of the proof is of a release that the proof holds for.",
    ),
    "every block has every cell of its codes": Text(
        "Ingen del af beviset mangler et tal for dens koder.",
        "No part of the proof lacks a figure of its codes.",
    ),
    "every cell is the sum that its id names": Text(
        "Hvert tal i beviset er summen af det, som dets navn angiver.",
        "Every figure of the proof is the sum that its name says.",
    ),
    "no cell stands twice in a block": Text(
        "Intet tal står to gange i en del af beviset.", "No figure stands twice in a part of the proof."
    ),
    "every block has a cell of the release": Text(
        "Hver del af beviset har tal fra udgivelsen.", "Every part of the proof has figures of the release."
    ),
    "the hidden cells of a table have one symbol": Text(
        "De skjulte tal i en tabel har ét symbol.", "The hidden figures of a table have one symbol."
    ),
    "no count is under zero": Text("Intet antal er under nul.", "No count is under zero."),
    "every published cell holds at every point": Text(
        "Alle udgivne tal stemmer i hver mulighed.", "All published figures hold in every possibility."
    ),
    "every fact holds at every point that it is to hold at": Text(
        "Andres tal stemmer i hver mulighed, hvor de skal.",
        "The figures of others hold in every possibility where they have to.",
    ),
    "nobody has a code that was not in use": Text(
        "Ingen har en kode, der ikke var i brug.", "Nobody has a code that was not in use."
    ),
    "every hidden cell without a symbol has what is told of it, and no other cell": Text(
        "Af hvert skjult tal uden symbol står det, hvad der er oplyst, og af intet andet.",
        "Of every hidden figure without a symbol it stands what is told, and of no other.",
    ),
    "both ends of what is told of a hidden cell have a point, and no point lies outside": Text(
        "Begge ender af det, der er oplyst om et skjult tal, er mulige, og ingen mulighed i beviset ligger udenfor.",
        "Both ends of what is told of a hidden figure are possible, and no possibility of the proof lies outside.",
    ),
    "nothing is said of changes between vintages": Text(
        "Beviset viser intet om ændringer mellem udgaver.", "The proof says nothing of changes between vintages."
    ),
    "a shown cell is told as its value": Text(
        "Et vist tal er oplyst som sig selv.", "A figure that is shown is told as itself."
    ),
    "every hidden cell has two points, and no other cell": Text(
        "Hvert skjult tal har to muligheder, og intet andet tal har det.",
        "Every hidden figure has two possibilities, and no other has.",
    ),
    "the two points of a hidden cell differ there, and are as stated": Text(
        "De to muligheder for et skjult tal er forskellige dér, og de er, som beviset skriver.",
        "The two possibilities of a hidden figure differ there, and are as the proof states.",
    ),
    "a cell whose points leave facts out is marked as given away by facts": Text(
        "Et tal, hvis muligheder ser bort fra andres tal, er mærket som røbet af dem.",
        "A figure whose possibilities leave figures of others out is marked as given away by them.",
    ),
    "no cell has two values in the certificates": Text(
        "Intet tal har to værdier i beviserne.", "No figure has two values in the proofs."
    ),
    "every release of the table has its certificate": Text(
        "Hver udgivelse bag tabellen har sit bevis.", "Every release behind the table has its proof."
    ),
    "every cell of the table is in the certificate of its release": Text(
        "Hvert tal i tabellen står i beviset for sin udgivelse.",
        "Every figure of the table is in the proof of its release.",
    ),
    "the values are the same": Text("Tallene er de samme.", "The figures are the same."),
    "no row of the table is missing": Text("Ingen række mangler i tabellen.", "No row of the table is missing."),
    "a hidden cell has the symbol of the certificates, or none": Text(
        "Et skjult tal har det tegn, som beviset giver det, eller intet.",
        "A hidden figure has the symbol that the proof gives it, or none.",
    ),
    "what is told of a hidden cell is what the certificates tell": Text(
        "Det, der er oplyst om et skjult tal, er det samme som i beviset.",
        "What is told of a hidden figure is the same as in the proof.",
    ),
    "a sum of hidden cells is their margin without what is shown": Text(
        "Summen af skjulte tal er deres total uden de viste.",
        "A sum of hidden figures is their total without those that are shown.",
    ),
}


def hidden_cells_note(free: int, hidden: int) -> Text:
    """What is shown of the hidden cells. `free`: those that no figure of others gives away."""
    if not hidden:
        return Text("Udgivelsen skjuler ingen tal.", "The release hides no figures.")
    of = (
        Text(f"{free} af {hidden} skjulte tal", f"{free} of {hidden} hidden figures")
        if free < hidden
        else hidden_figures(hidden)
    )
    each = Text("det", "it") if free == hidden == 1 else Text("hvert af dem", "each of them")
    return Text(
        f"{of.da}: for {each.da} er der to forskellige tal, som begge stemmer med alt offentliggjort, som beviset opregner.",
        f"{of.en}: for {each.en} there are two different numbers that both agree with everything published "
        "that the proof lists.",
    )


def hidden_figures(hidden: int) -> Text:
    """So many hidden figures."""
    return Text(f"{hidden} {'skjult' if hidden == 1 else 'skjulte'} tal", f"{hidden} hidden figure{'s' * (hidden > 1)}")


def given_away_note(given_away: int) -> Text:
    """Of how many the figures of others tell the value."""
    of = hidden_figures(given_away)
    return Text(
        f"{of.da} er røbet af tal, som andre har offentliggjort. Dér stemmer de to tal med vores udgivelser, "
        "men ikke med andres tal.",
        f"{of.en} {'is' if given_away == 1 else 'are'} given away by figures that others have published. "
        "There the two numbers agree "
        "with our releases, but not with the figures of others.",
    )


def scope_note(releases: Sequence[str], others: int) -> Text:
    names = ", ".join(releases)
    if not others:
        return Text(f"Beviset gælder for {names}.", f"The proof holds for {names}.")
    return Text(
        f"Beviset gælder for {names} sammen med {others} tal fra andre, som det opregner.",
        f"The proof holds for {names} together with {others} figure{'s' * (others > 1)} of others, which it lists.",
    )


def certificate_note(*releases: str) -> Text:
    """That a later release told more of the hidden cells, so that its proof was checked too."""
    names = ", ".join(releases)
    return Text(
        f"Det, der er oplyst om de skjulte tal, er senest indsnævret med {names}. Beviset for den er kontrolleret med.",
        f"What is told of the hidden figures was last narrowed with {names}. Its proof was checked as well.",
    )


def lost_note(release: str) -> Text:
    """That a proof that was checked as well cannot be fetched any more."""
    return Text(
        f"Udgivelsen {release} er trukket tilbage, så beviset for den kan ikke hentes. Uden det kan tabellerne ikke holdes op imod "
        "beviset her.",
        f"Release {release} is withdrawn, so its proof cannot be downloaded. Without it the tables cannot be compared with "
        "this proof.",
    )


def example_note(example: WitnessTables) -> Text:
    exception = (
        Text(
            " Andres tal røber dog, hvad det er, og er her ikke regnet med.",
            " The figures of others give it away, though, and are left out here.",
        )
        if example.given_away
        else Text("", "")
    )
    return Text(
        f"{example.hidden}: tallet er {example.first} i den ene mulighed og {example.second} i den anden. "
        "Alle viste tal er ens i "
        f"begge. Derfor kan ingen regne det ud af dem.{exception.da}",
        f"{example.hidden}: the number is {example.first} in one possibility and {example.second} in the "
        "other. All shown figures are "
        f"the same in both. So nobody can compute it from them.{exception.en}",
    )
