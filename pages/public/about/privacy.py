"""*Privatliv*: what is known of readers, of people who sign in, and of those who are counted."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from core.purposes import ABOUT, LABELS, DataPurpose, legal_basis
from core.text import Text
from oversight.retention.rules import RULES
from oversight.subject_requests.deadlines import EXTENDED_MONTHS, MONTHS
from pages.public.about.page import PageFact, TextPage, TextSection, link_to, publisher_in_sentence, view
from pages.public.about.service import facts_of
from publications.annual.sentences import fill

NAME = "privacy"
AUTHORITY = Text("Datatilsynet, www.datatilsynet.dk", "the Danish Data Protection Agency, www.datatilsynet.dk")


def privacy() -> TextPage:
    return TextPage(
        Text("Privatliv", "Privacy"),
        Text(
            "Hvad der er kendt om dig, når du læser her, og om de personer, som tallene tæller.",
            "What is known of you when you read here, and of the persons whom the figures count.",
        ),
        (readers(), users(), persons(), purposes(), responsibility(), retention(), rights()),
    )


def readers() -> TextSection:
    return TextSection(
        Text("Når du læser", "When you read"),
        (
            Text(
                "Siderne med tal, varsler og tilbud sætter ingen cookies og henter intet fra andre.",
                "The pages with figures, notices and services set no cookies and fetch nothing from others.",
            ),
            Text(
                "Programmet skriver op, hvilken slags side der blev læst, hvornår, og hvor længe svaret tog. Det skriver hverken "
                "op, hvem der læste, eller fra hvilken netadresse.",
                "The program writes down which kind of page was read, when, and how long the answer took. It writes down neither "
                "who read nor from which network address.",
            ),
            fill(
                Text(
                    "Knappen »Forlad siden« fører til {place} uden at oplyse, hvor du kom fra. Din browsers historik viser "
                    "stadig, at du har været her. Slet den, hvis en anden kan se den.",
                    "The button “Leave this site” leads to {place} without telling where you came from. The history of your "
                    "browser still shows that you were here. Delete it if somebody else can see it.",
                ),
                place=urlsplit(settings.HENVIS_SITE["leave_to"]).hostname or settings.HENVIS_SITE["leave_to"],
            ),
        ),
    )


def users() -> TextSection:
    """What is known of somebody who signs in."""
    idle = int(settings.HENVIS_SESSION_IDLE.total_seconds() // 60)
    longest = int(settings.HENVIS_SESSION_LONGEST.total_seconds() // 3600)
    return TextSection(
        Text("Når du logger ind", "When you sign in"),
        (
            fill(
                Text(
                    "Medarbejdere og partnere logger ind. Så bruges cookies, der er nødvendige for det. Du bliver logget ud efter "
                    "{idle} minutter uden brug, og altid efter {longest} timer.",
                    "Staff and partners sign in. Cookies that are needed for that are used then. You are signed out after {idle} "
                    "minutes without use, and always after {longest} hours.",
                ),
                idle=idle,
                longest=longest,
            ),
            Text(
                "Det bliver skrevet op, hvem der har gjort hvad, så det kan efterprøves.",
                "It is written down who has done what, so that it can be checked.",
            ),
        ),
    )


def persons() -> TextSection:
    """What is known of the persons who are counted."""
    return TextSection(
        Text("Personer, som tallene tæller", "Persons whom the figures count"),
        (
            Text(
                "Om en person registreres kun måneder og koder fra faste lister, for eksempel aldersgruppe og "
                "statsborgerskab. Der er intet felt til navn, CPR-nummer, telefonnummer eller fri tekst. Henvisninger af "
                "samme person hører sammen ved et sagsnummer, som intet oplyser om personen.",
                "Of a person only months and codes from fixed lists are recorded, for example age band and citizenship. There is "
                "no field for a name, a civil registration number, a telephone number or free text. Referrals of the same person "
                "belong together by a case token, which says nothing of the person.",
            ),
            Text(
                "En person tælles med, også uden samtykke. Ingen enkelt person vises i tallene.",
                "A person is counted even without consent. No single person is shown in the figures.",
            ),
        ),
        links=(link_to("about-figures", Text("Hvorfor nogle tal er skjult", "Why some figures are hidden")),),
    )


def purposes() -> TextSection:
    """For what data are processed, and by which legal basis."""
    return TextSection(
        Text("Formål og retsgrundlag", "Purposes and legal bases"),
        (
            Text(
                "Oplysninger går én vej: fra sagsarbejde til statistik. Intet fra statistikken bruges i en sag.",
                "Data go one way: from casework to statistics. Nothing of the statistics is used in a case.",
            ),
            *ABOUT.values(),
        ),
        facts=tuple(PageFact(LABELS[each], legal_basis(each)) for each in DataPurpose),
    )


def responsibility() -> TextSection:
    """Who answers for what: also the essence of the agreements of joint controllers (GDPR, article 26(2))."""
    return TextSection(
        Text("Hvem der har ansvaret", "Who is responsible"),
        (
            Text(
                "Den organisation eller myndighed, der henviser, har ansvaret for, at det, den sender, er rigtigt, og for at "
                "fortælle personen om det. Centret har ansvaret for drift, sikkerhed, sletning og statistik.",
                "The organisation or authority that refers is responsible for what it sends being right, and for telling the "
                "person of it. The centre is responsible for operation, security, erasure and the statistics.",
            ),
            Text(
                "Er de fælles dataansvarlige, eller opbevarer centret kun oplysningerne for organisationen, står det i deres "
                "aftale. Du kan altid henvende dig til begge.",
                "Where they are joint controllers, or the centre only keeps the data for the organisation, their agreement "
                "says so. You can always turn to either.",
            ),
        ),
    )


def retention() -> TextSection:
    """How long each class of data is kept."""
    return TextSection(
        Text("Hvor længe det opbevares", "How long it is kept"),
        (
            Text(
                "Derefter bliver det slettet, natten efter. Udgivne tal ændres ikke, og der står tilbage, at noget er "
                "slettet. Har nogen bedt om, at behandlingen begrænses, eller bevarer centret et år for eksempel på grund af "
                "en retssag, bliver det slettet senere.",
                "After that it is erased, the night after. Published figures do not change, and that something was erased stays "
                "on record. Where somebody has asked for the processing to be restricted, or the centre keeps a year, for example "
                "because of a case at law, it is erased later.",
            ),
        ),
        facts=tuple(PageFact(rule.what, rule.words) for rule in RULES),
    )


def rights() -> TextSection:
    """What a person may ask for."""
    return TextSection(
        Text("Dine rettigheder", "Your rights"),
        (
            fill(
                Text(
                    "Er der registreret noget om dig, kan du bede {publisher} om at få det at se, få det rettet eller "
                    "slettet, og du kan gøre indsigelse. Du bliver spurgt om dit sagsnummer. Du har det selv, eller den, der "
                    "henviste dig, har det.",
                    "If something is recorded of you, you can ask {publisher} to see it, to have it corrected or erased, and you "
                    "can object. You will be asked for your case token. You have it yourself, or whoever referred you has it.",
                ),
                publisher=publisher_in_sentence(),
            ),
            fill(
                Text(
                    "Du får svar inden for {months} måned. Er det svært at svare, kan fristen blive forlænget til i alt "
                    "{extended} måneder; det får du at vide. Udgivne tal ændres ikke, når oplysninger slettes.",
                    "You get an answer within {months} month. If that is difficult, the time can be extended to {extended} months "
                    "in all; you are told so. Published figures do not change when data are erased.",
                ),
                months=MONTHS,
                extended=EXTENDED_MONTHS,
            ),
            fill(Text("Du kan klage til {authority}.", "You can complain to {authority}."), authority=AUTHORITY),
        ),
        facts=facts_of("data_protection", "contact"),
    )


show = view(NAME, privacy)
