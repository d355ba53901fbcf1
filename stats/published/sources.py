"""Where the figures stand: each address once, with what it is and when it was published.

A date is told as exactly as the address or the page itself tells it: a day (`2016-07-06`), a year (`2021`), or None. The annual
report on trafficking of the U.S. Department of State carries its year; the centre's pages carry the year that they are about,
which is not that of their publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A report or an article. `id` names it in figures' snapshots."""

    id: str
    url: str
    title: str
    published: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return date.fromisoformat(self.published) if self.published and len(self.published) > len("2021") else None

    @property
    def author(self) -> str:
        """Who published it: what stands before the colon of its title."""
        return self.title.partition(":")[0]

    @property
    def by(self) -> date | None:
        """The day by which it is known to have been published: its own, or the first after its year; None for not known."""
        if self.published is None:
            return None
        return self.day or date(int(self.published) + 1, 1, 1)


def _tip(year: int, suffix: str = "") -> SourceDocument:
    url = f"https://www.state.gov/reports/{year}-trafficking-in-persons-report{suffix}/denmark/"
    return SourceDocument(
        f"tip-{year}", url, f"U.S. Department of State: Trafficking in Persons Report {year}", str(year)
    )


def _centre(name: str, url: str, title: str, day: str | None = None) -> SourceDocument:
    return SourceDocument(name, url, f"Center mod Menneskehandel: {title}", day)


def _board(name: str, path: str, title: str, day: str | None) -> SourceDocument:
    return SourceDocument(name, f"https://www.sbst.dk/{path}", f"Socialstyrelsen: {title}", day)


_TIP = {year: _tip(year, "-2" if year == 2019 else "") for year in range(2017, 2024)}
# This page's address says 2017, its heading and its figures 2018.
_CENTRE_2018 = _centre(
    "centre-2018",
    "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2017",
    "Udvalgte tal og tendenser fra 2018",
)
_CENTRE_2019 = _centre(
    "centre-2019",
    "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2019",
    "Udvalgte tal og tendenser fra 2019",
)
_CENTRE_2021 = _centre(
    "centre-2021", "https://cmm.dk/statistik/tal-og-statistik-2021", "Tal og statistik 2021", "2022-05-04"
)
_CENTRE_2022 = _centre("centre-2022", "https://cmm.dk/statistik/tal-og-statistik-2022", "Tal og statistik 2022")
_CENTRE_2023 = _centre("centre-2023", "https://admin.cmm.dk/statistik/tal-og-statistik-2023", "Tal og statistik 2023")
_CENTRE_2021_EN = _centre(
    "centre-2021-en", "https://cmm.dk/english/human-trafficking-in-denmark-2021", "Human Trafficking in Denmark 2021"
)
_REPORT_2020 = _centre(
    "report-2020", "https://9pdf.org/document/q5mr9rkw-menneskehandel-i-danmark.html", "Menneskehandel i Danmark 2020"
)
_REPORT_2021 = _centre(
    "report-2021", "https://9pdf.org/document/qmj8vv25-menneskehandel-i-danmark.html", "Menneskehandel i Danmark 2021"
)
_BOARD_2019 = _board("board-2019", "nyheder/2020/aarsrapport-om-menneskehandel", "Årsrapport om menneskehandel", "2020")
_BOARD_2020 = _board(
    "board-2020", "nyheder/2021/aarsrapport-om-menneskehandel-2020", "Årsrapport om menneskehandel 2020", "2021"
)
_BOARD_2021 = _board(
    "board-2021",
    "nyheder/2022/flere-handles-til-tvangsarbejde-og-kriminalitet",
    "Flere handles til tvangsarbejde og kriminalitet",
    "2022-05-11",
)
_BOARD_REPORT_2021 = _board(
    "board-report-2021",
    "udgivelser/2022/menneskehandel-i-danmark-2021-aarsrapport",
    "Menneskehandel i Danmark 2021. Årsrapport",
    "2022",
)
_COMMISSION_2016 = SourceDocument(
    "commission-2016",
    "https://ec.europa.eu/anti-trafficking/member-states/Denmark",
    "European Commission: Together Against Trafficking in Human Beings, Denmark (earlier page)",
)
_COMMISSION_2020 = SourceDocument(
    "commission-2020",
    "https://home-affairs.ec.europa.eu/policies/internal-security/organised-crime-and-human-trafficking/"
    "together-against-trafficking-human-beings/eu-countries/denmark_en",
    "European Commission: Together Against Trafficking in Human Beings, Denmark",
)
_LOCAL = SourceDocument(
    "local-2016",
    "https://www.thelocal.dk/20160706/record-number-of-human-trafficking-victims-in-denmark/",
    "The Local: 'Record number' of human trafficking victims in Denmark",
    "2016-07-06",
)
_SCANDASIA = SourceDocument(
    "scandasia", "https://scandasia.com/human-trafficking-denmark-rise/", "ScandAsia: Human Trafficking on the rise"
)
_TV2_NORD = SourceDocument(
    "tv2nord", "https://www.tv2nord.dk/nordjylland/flere-ofre-menneskehandel", "TV2 Nord: Flere ofre for menneskehandel"
)
_JP = SourceDocument(
    "jp-2017",
    "https://jyllands-posten.dk/indland/ECE10746079/ofre-for-menneskehandel-siger-nej-til-hjaelp/",
    "Jyllands-Posten: Ofre for menneskehandel siger nej til hjælp",
)
_SAMEKSISTENS = SourceDocument(
    "sameksistens-2017",
    "https://www.sameksistens.com/post/danske-myndigheder-registrerede-98-ofre-for-menneskehandel-i-2017",
    "Sameksistens: Danske myndigheder registrerede 98 ofre for menneskehandel i 2017",
)
_SAMEKSISTENS_2016 = SourceDocument(
    "sameksistens-2016",
    "https://sameksistens.dk/tag/migrantprostitution/",
    "Sameksistens: Offentlige tal viser kun toppen af isbjerget",
)
# The page changes with each report and keeps its address.
_NEWEST = SourceDocument("newest", "https://www.humantrafficking.dk/nyeste-tal", "HopeNow: Nyeste tal")
_MIRAGE = SourceDocument(
    "mirage",
    "https://www.miragenews.com/denmark-urged-to-boost-trafficking-protections-1580681",
    "Mirage News: Denmark Urged to Boost Trafficking Protections",
)
_PLACES_2019 = SourceDocument("places-2019", "https://polspy.org/dk/dokumenter/860271", "PolSpy: dokument 860271")
# The portal changes with each collection and keeps its address; the day is that of the figures that were typed in.
_GLOTIP = SourceDocument(
    "glotip",
    "https://dataunodc.un.org/dp-trafficking-persons",
    "UNODC: Data Portal, Trafficking in Persons (GLOTIP)",
    "2025-04-14",
)

TIP_2017, TIP_2018, TIP_2019, TIP_2020, TIP_2021, TIP_2022, TIP_2023 = (source.url for source in _TIP.values())
CENTRE_2018, CENTRE_2019, CENTRE_2021 = _CENTRE_2018.url, _CENTRE_2019.url, _CENTRE_2021.url
CENTRE_2022, CENTRE_2023, CENTRE_2021_EN = _CENTRE_2022.url, _CENTRE_2023.url, _CENTRE_2021_EN.url
REPORT_2020, REPORT_2021 = _REPORT_2020.url, _REPORT_2021.url
BOARD_2019, BOARD_2020, BOARD_2021 = _BOARD_2019.url, _BOARD_2020.url, _BOARD_2021.url
BOARD_REPORT_2021 = _BOARD_REPORT_2021.url
COMMISSION_2016, COMMISSION_2020 = _COMMISSION_2016.url, _COMMISSION_2020.url
LOCAL, SCANDASIA, TV2_NORD, JP = _LOCAL.url, _SCANDASIA.url, _TV2_NORD.url, _JP.url
SAMEKSISTENS, SAMEKSISTENS_2016, NEWEST, MIRAGE = _SAMEKSISTENS.url, _SAMEKSISTENS_2016.url, _NEWEST.url, _MIRAGE.url
GLOTIP, PLACES_2019 = _GLOTIP.url, _PLACES_2019.url

# Of a derived figure, in place of an address.
SUBTRACTION = "computed from the other figures"

SOURCES: dict[str, SourceDocument] = {
    source.url: source
    for source in (
        *_TIP.values(),
        _CENTRE_2018,
        _CENTRE_2019,
        _CENTRE_2021,
        _CENTRE_2022,
        _CENTRE_2023,
        _CENTRE_2021_EN,
        _REPORT_2020,
        _REPORT_2021,
        _BOARD_2019,
        _BOARD_2020,
        _BOARD_2021,
        _BOARD_REPORT_2021,
        _COMMISSION_2016,
        _COMMISSION_2020,
        _LOCAL,
        _SCANDASIA,
        _TV2_NORD,
        _JP,
        _SAMEKSISTENS,
        _SAMEKSISTENS_2016,
        _NEWEST,
        _MIRAGE,
        _GLOTIP,
        _PLACES_2019,
    )
}
