"""The values of CAP 1.2 that staff choose for a notice, with their words.

Source: OASIS Standard *Common Alerting Protocol Version 1.2*, 1 July 2010, section 3.2.2
(<http://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html>).
"""

from __future__ import annotations

from core.text import Text

SEVERITY: dict[str, Text] = {
    "Extreme": Text("ekstrem fare for liv", "extraordinary threat to life"),
    "Severe": Text("alvorlig fare for liv", "significant threat to life"),
    "Moderate": Text("mulig fare for liv", "possible threat to life"),
    "Minor": Text("ringe fare for liv", "minimal threat to life"),
    "Unknown": Text("ikke kendt", "not known"),
}
URGENCY: dict[str, Text] = {
    "Immediate": Text("handl straks", "act at once"),
    "Expected": Text("handl inden for en time", "act within the hour"),
    "Future": Text("handl i nær fremtid", "act in the near future"),
    "Past": Text("handling kræves ikke længere", "action is no longer required"),
    "Unknown": Text("ikke kendt", "not known"),
}
CERTAINTY: dict[str, Text] = {
    "Observed": Text("sker eller er sket", "happens or has happened"),
    "Likely": Text("sandsynligt", "likely"),
    "Possible": Text("muligt, men ikke sandsynligt", "possible but not likely"),
    "Unlikely": Text("forventes ikke", "not expected"),
    "Unknown": Text("ikke kendt", "not known"),
}
