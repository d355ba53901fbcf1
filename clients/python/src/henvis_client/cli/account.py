"""`login`."""

from __future__ import annotations

from typing import Annotated

from henvis_client import own_keys
from henvis_client.cli import words as w
from henvis_client.cli.app import app, command
from henvis_client.cli.desk import Desk
from henvis_client.cli.help_texts import option
from henvis_client.errors import UsageError
from henvis_client.profiles import LIVE, NO_SECRET, Profile
from henvis_client.session import origin_of
from henvis_client.texts import Text

Yes = Annotated[bool, option("Spørg ikke.", "Do not ask.", "--yes")]
AddressOption = Annotated[
    str | None, option("Tjenestens adresse, https://….", "The address of the service, https://….")
]


@command(
    app,
    "login",
    "Gem en klient som profil. Begynd med TEST-klienten. API-nøglen spørges der om; den står aldrig på kommandolinjen.",
    "Keep a client as a profile. Begin with the TEST client. The secret is asked for; it never stands on the command line.",
)
def login(
    desk: Desk,
    address: AddressOption = None,
    client_id: Annotated[str | None, option("Klientens id.", "The client's id.")] = None,
    yes: Yes = False,
) -> None:
    """Ask for a client, try it, and keep it."""
    profiles = desk.around.profiles
    if not profiles.read():
        desk.say(w.TEST_FIRST)
    origin = origin_of(address or ask(desk, w.ASK_ADDRESS))
    identity = client_id or ask(desk, w.ASK_CLIENT_ID)
    from_environment = desk.around.variables.get("HENVIS_CLIENT_SECRET")
    secret = from_environment or ask(desk, w.ASK_SECRET, hide=True)
    with desk.connect(origin, identity.strip(), secret.strip()) as client:
        me = client.whoami()
    partner, mode = str(me["partner"]["name"]), str(me["partner"]["mode"])
    if mode == LIVE and not profiles.has_test(origin) and not yes:
        desk.confirm(w.LIVE_WITHOUT_TEST)
    kept_secret = None if from_environment else secret.strip()
    login_profile = Profile(desk.profile_name or mode.lower(), origin, identity.strip(), mode, partner, kept_secret)
    welcome(desk, profiles.save(login_profile), next(iter(profiles.read())))


def ask(desk: Desk, text: Text, *, hide: bool = False) -> str:
    """What a person types, who is asked until something comes. Raises `UsageError` where nobody is there."""
    if not desk.around.is_interactive:
        raise UsageError("no_secret" if hide else "confirmation_needed", NO_SECRET if hide else text)
    answer = ""
    while not answer:
        answer = desk.ask(desk.text(text), hide=hide)
    return answer


def welcome(desk: Desk, profile: Profile, first: str) -> None:
    """Say what was kept, and what that means for own keys."""
    mode = desk.text(w.MODES[profile.mode]) if profile.mode in w.MODES else profile.mode
    desk.say(w.LOGGED_IN, name=profile.name, partner=profile.partner, mode=mode)
    if first != profile.name:
        desk.say(w.NOT_FIRST, name=profile.name, first=first)
    if profile.secret is None:
        desk.say(w.SECRET_NOT_KEPT)
    mark = own_keys.fingerprint(profile.key_secret)
    desk.say(w.KEY_MADE, fingerprint=mark)
    desk.finish({"profile": profile.name, "mode": profile.mode, "partner": profile.partner, "own_key": mark})
