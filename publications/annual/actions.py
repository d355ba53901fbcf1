"""What the audit calls the actions of this room, and their details: the places of a report, and a report itself, in words."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dimensions import DATASETS
from core.text import Text
from partners.staff import audit_words, subjects
from publications.annual.content.topics import TOPICS
from publications.annual.places import ALTERNATIVE, COMMENT, HEADING, slug
from publications.annual.sentences import lower_first
from stats.sums.datasets import DATASETS_AS_READ

# The charts that are of no dimension, by their ids.
OTHER_CHARTS = {"years": Text("år for år", "year by year"), "stages": Text("udredte og vurderede", "persons assessed")}


def places() -> Iterator[tuple[str, Text]]:
    """Every place that a report can have, in words."""
    for topic in TOPICS:
        da, en = topic.title
        yield f"{topic.id}:{HEADING}", Text(f"overskrift til »{da}«", f"heading of “{en}”")
        yield f"{topic.id}:{COMMENT}", Text(f"kommentar til »{da}«", f"comment on “{en}”")
    axes = {slug(axis.id): axis.label for of in DATASETS.values() for axis in of.axes.values()}
    for name, (da, en) in {**axes, **OTHER_CHARTS, **dict(charts_of_sums())}.items():
        yield (
            f"{name}:{ALTERNATIVE}",
            Text(f"alternativ tekst til figuren »{da}«", f"alternative text of the chart “{en}”"),
        )


def charts_of_sums() -> Iterator[tuple[str, Text]]:
    """Every chart of sums that a report can have, by its anchor, with what it is of."""
    for shown in (each for topic in TOPICS for each in topic.sums):
        for quantity, dimension in shown.charts:
            label, title = DATASETS_AS_READ[shown.dataset].axes[dimension].label, shown.title
            name = Text(*(f"{title(each)}: {lower_first(label(each))}" for each in Text._fields))
            yield shown.chart_id(quantity, dimension), name


PLACES = dict(places())


def report_in_words(subject: str) -> str:
    """A published report: `2024.1` is `2024, version 1`."""
    year, _, version = subject.partition(".")
    return f"{year}, version {version}" if version else subject


audit_words.add(
    {
        "report.draft": Text("Udkast til årsrapport dannet", "Draft of an annual report made"),
        "report.write": Text("Tekst i årsrapport skrevet", "Text of an annual report written"),
        "report.read": Text("Hele udkastet til årsrapport læst", "Whole draft of an annual report read"),
        "report.publish": Text("Årsrapport udgivet", "Annual report published"),
        "report.render_failure": Text(
            "Årsrapportens sider kunne ikke dannes", "Pages of an annual report could not be made"
        ),
        "reportorder.add": Text("Årsrapport bestilt", "Annual report ordered"),
    },
    {
        "draft": Text("udkast", "draft"),
        "kept": Text("tekster, der stadig er færdige", "texts that are still finished"),
        "last_text": Text("seneste tekst", "latest text"),
        "place": Text("sted i rapporten", "place in the report"),
        "ordered_by": Text("bestilt af", "ordered by"),
        "error": Text("fejl", "error"),
        "where": Text("sted i programmet", "place in the program"),
    },
    {"place": PLACES},
)
subjects.say(("report.publish", "report.render_failure"), report_in_words)
