"""What search engines, feed readers and finders of weaknesses look for at addresses that are the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator

from cases.dimensions import table_id
from cases.invented import with_mark
from core.formats import AtomFeed
from notices import reading
from pages.base.addresses import LANGUAGES, address_of
from pages.base.frame import ABOUT, FRAME, SECONDS, PageAddress, base_of
from pages.public.releases import reason_of_withdrawal
from pages.public.words import FEED
from publications.annual import editions
from publications.plans.plans import PLANS
from stats.models import PUBLIC
from stats.reading import catalogue, release_choice
from stats.reading.datasets import public_datasets
from stats.reading.entries import OWN, CatalogueEntry
from stats.revisions.citation import Citation, operator

SITEMAP = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}
# RFC 9116 §2.5.5 wants less than a year, so that an address that nobody looks after is not believed.
CONTACT_HOLDS = timedelta(days=180)
KEPT = {"Cache-Control": f"public, max-age={SECONDS}"}


def robots(request: HttpRequest) -> HttpResponse:
    """Everything for everybody may be found; what needs signing in, and answers for programs, need not be."""
    private = [f"Disallow: {path}" for path in ("/account/", "/admin/", "/api/")]
    return text(["User-agent: *", *private, "", f"Sitemap: {base_of(request)}/sitemap.xml"])


def security(request: HttpRequest) -> HttpResponse:
    """Where weaknesses are reported (RFC 9116). Without a contact there is no such file."""
    contact = settings.HENVIS_SITE["security"]
    if not contact:
        raise Http404
    until = (datetime.now(UTC) + CONTACT_HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    address = contact if ":" in contact else f"mailto:{contact}"
    return text([f"Contact: {address}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: da, en"])


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page for everybody, each with the same page in the other language."""
    response = HttpResponse(content_type="application/xml; charset=utf-8", headers=KEPT)
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl(SITEMAP))
    releases = catalogue.every(PUBLIC)
    for page in (
        *pages_of(current(releases)),
        *pages_of_releases(releases),
        *pages_of_reports(editions.years()),
        *pages_of_notices(),
        *pages_of_plans(),
    ):
        for language in LANGUAGES:
            xml.startElement("url", AttributesImpl({}))
            xml.addQuickElement("loc", f"{base_of(request)}{page.address(language)}")
            for each in LANGUAGES:
                link = {"rel": "alternate", "hreflang": each, "href": f"{base_of(request)}{page.address(each)}"}
                xml.addQuickElement("xhtml:link", attrs=link)
            xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return response


def feed(request: HttpRequest, language: str) -> HttpResponse:
    """The releases of the public as an Atom feed, the newest first."""
    base = base_of(request)
    atom = AtomFeed(
        title=with_mark(f"{FRAME['site'](language)}: {FEED['title'](language)}", language),
        link=f"{base}{address_of('front', language)}",
        description=FEED["lead"](language),
        language=language,
        feed_url=f"{base}{request.path}",
        author_name=operator(settings.HENVIS_OPERATOR)(language),
    )
    for release, moment in published_last(catalogue.every(PUBLIC)):
        citation = Citation(release, operator(settings.HENVIS_OPERATOR), f"{base}/api/v1/releases/{release.id}")
        atom.add_item(
            title=f"{citation.title(language)} ({release.id}){FEED['withdrawn'](language) if release.withdrawal else ''}",
            link=f"{base}{address_of('release', language, release=release.id)}",
            description=f"{citation.note(language)} {reason_of_withdrawal(release, language)}".rstrip(),
            unique_id=citation.url,
            pubdate=moment,
            updateddate=max([moment, *changes_of(release)]),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8", headers=KEPT)


def changes_of(release: CatalogueEntry) -> Iterator[datetime]:
    """When something was said of a release after its publication."""
    yield from (each.at for each in release.announcements.errata)
    if release.withdrawal:
        yield release.withdrawal.at


def current(releases: Iterable[CatalogueEntry]) -> list[CatalogueEntry]:
    """The releases in force that answer everybody."""
    return release_choice.current(releases)


def pages_of(releases: list[CatalogueEntry]) -> Iterator[PageAddress]:
    """The pages that are worth finding: one for each breakdown that a year has, and not one for each query."""
    yield PageAddress("front", "")
    yield PageAddress("statistics", "")
    for dataset in public_datasets():
        for axis in dataset.axes.values():
            if any(each.period.annual and each.offers(dataset, (axis,)) for each in releases):
                by = f"by={name}" if (name := table_id((axis,))) else ""
                yield PageAddress("table", "", {"dataset": dataset.id}, by)


def pages_of_releases(releases: Iterable[CatalogueEntry]) -> Iterator[PageAddress]:
    """The list of releases, the calendar, the pages about both, and the page of each release of ours."""
    yield PageAddress("releases", "")
    yield PageAddress("calendar", "")
    yield from (PageAddress(name, "") for name in ABOUT)
    for release in releases:
        if release.kind == OWN and not release.is_gone:
            yield PageAddress("release", "", {"release": release.id})


def pages_of_reports(years: Iterable[int]) -> Iterator[PageAddress]:
    """The list of annual reports, and the newest version of each."""
    yield PageAddress("reports", "")
    for year in years:
        yield PageAddress("report", "", {"year": str(year)})


def pages_of_notices() -> Iterator[PageAddress]:
    """The list of notices, each that holds in each of its languages, and the services."""
    yield PageAddress("notices", "")
    yield PageAddress("services", "")
    for notice in reading.current():
        for tag in notice.texts:
            yield PageAddress("notice", "", {"number": str(notice.id), "tag": tag})


def pages_of_plans() -> Iterator[PageAddress]:
    """The list of action plans, and each of them."""
    yield PageAddress("plans", "")
    for plan in PLANS:
        yield PageAddress("plan", "", {"plan": plan})


def published_last(releases: tuple[CatalogueEntry, ...]) -> list[tuple[CatalogueEntry, datetime]]:
    """Our own releases with the moments of their publication, the newest first."""
    ours = [(each, each.published_at) for each in releases if each.kind == OWN and each.published_at]
    return sorted(ours, key=lambda pair: (pair[1], pair[0].id), reverse=True)


def text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=KEPT)
