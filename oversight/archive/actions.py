"""What the audit calls the actions of this room."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words

audit_words.add(
    {
        "archive.write": Text("Aflevering til Rigsarkivet dannet", "Transfer to the National Archives written"),
        "archive.receive": Text("Aflevering modtaget af Rigsarkivet", "Transfer received by the National Archives"),
        "archive.waive": Text("Rigsarkivet har givet afkald", "The National Archives want nothing"),
    },
    {"years": Text("år", "years"), "decision": Text("Rigsarkivets brev", "letter of the archive")},
)
