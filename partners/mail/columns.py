"""What each stored column of mail says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "mail.Mailbox": {
        **dict.fromkeys(("user_id", "address"), IDENTIFIER),
        **dict.fromkeys(("language", "opt_outs", "changed_at", "confirmed_at", "bounced_at"), OPERATIONAL),
    },
    "mail.AddressCode": {
        "digest": SENSITIVE,
        "user_id": IDENTIFIER,
        **dict.fromkeys(("about", "expires_at"), OPERATIONAL),
    },
    "mail.Mailing": {
        **dict.fromkeys(("user_id", "asked_by_id"), IDENTIFIER),
        **dict.fromkeys(("id", "kind", "key", "language", "asked_at", "begun_at"), OPERATIONAL),
    },
    "mail.MailOutcome": dict.fromkeys(("mailing_id", "code", "at"), OPERATIONAL),
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {"mail.Mailing": ("begun_at",), "mail.MailOutcome": ()}
# A person changes the own mailbox. A code comes with a mail and goes with its use.
MUTABLE: tuple[str, ...] = ("mail.Mailbox", "mail.AddressCode")
# Whoever has taken over the web server reads no code, and so confirms no address.
BUILD: tuple[str, ...] = ("mail.AddressCode",)
