"""The tests' environment: a real PostgreSQL, given by DATABASE_URL or started here, and callers of every kind."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("HENVIS_SECRET_KEY", "for-the-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG")
os.environ.setdefault("HENVIS_PEPPER", "for-the-tests-only-pepper")
os.environ["HENVIS_INSECURE_LOOPBACK"] = "1"
# Here rather than in pyproject.toml: the settings must find the variables above.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
# Collecting makes millions of things that stay, and looking for rubbish among them takes a sixth of its time.
gc.disable()
resources = ExitStack()
os.environ["HENVIS_KEYS"] = resources.enter_context(tempfile.TemporaryDirectory(prefix="henvis-keys-"))
os.environ["HENVIS_SPOOL"] = resources.enter_context(tempfile.TemporaryDirectory(prefix="henvis-spool-"))

# Runs before Django reads its settings. The workers of pytest-xdist inherit the controller's address.
if "DATABASE_URL" not in os.environ:
    from tools.embedded.postgres import EmbeddedPostgres

    home = Path(resources.enter_context(tempfile.TemporaryDirectory(prefix="henvis-tests-")))
    os.environ["DATABASE_URL"] = resources.enter_context(EmbeddedPostgres(home, fast=True)).url

import django  # noqa: E402 (needs the environment)

django.setup()

import django.conf  # noqa: E402 (needs Django)
import django.db  # noqa: E402 (needs Django)
from django.core.management.commands import flush  # noqa: E402 (needs Django)
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402 (needs Django)
from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: E402 (needs Django)
from pytest_django import DjangoDbBlocker  # noqa: E402 (needs Django)
from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: E402 (needs Django)

from api.statistics import answers  # noqa: E402 (needs Django)
from cases import invented  # noqa: E402 (needs Django)
from config import demands  # noqa: E402 (needs Django)
from core.answers import Answers  # noqa: E402 (needs Django)
from partners import roles  # noqa: E402 (needs Django)
from sandbox import database as sandbox_history  # noqa: E402 (needs Django)
from stats.reading import catalogue  # noqa: E402 (needs Django)
from tests import durations, tables  # noqa: E402 (needs Django)
from tests.callers import Caller, make_caller  # noqa: E402 (needs Django)
from tests.emptying import OF_JOBS, STANDING, deleting  # noqa: E402 (needs Django)
from tests.stats.records import say_nil  # noqa: E402 (needs Django)

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("henvis", deadline=None)
hypothesis.settings.load_profile("henvis")

# Passwords are hashed quickly: tests make many, and none of them is anybody's.
django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A demo of this checkout that is being built is none of theirs.
django.conf.settings.HENVIS_LINE = None

# Tests write any history, without waiting for it: as the owner alone, in a database that says that its records are invented.
django.db.connection.settings_dict["OPTIONS"]["options"] += " -c henvis.history=on"


# Releases cannot be emptied, and after a test that commits they must be.
def empty(self: DatabaseOperations, style: object, tables: Sequence[str], **options: bool) -> list[str]:
    """Empty the tables after a test that commits."""
    assert not any(options.values()), options
    return [deleting({*tables, *OF_JOBS} - STANDING), sandbox_history.DECLARE_INVENTED]


DatabaseOperations.sql_flush = empty  # type: ignore[method-assign,assignment]
# What follows from the models and the table of roles alone is kept, and not made again: that took longer than most tests.
flush.emit_post_migrate_signal = lambda *_, **__: None  # type: ignore[attr-defined]

take_back = BaseDatabaseWrapper.savepoint_rollback


def roll_back(self: BaseDatabaseWrapper, sid: str) -> None:
    """Take back what a part of a test did. What it published is gone, which never happens to what others have seen."""
    take_back(self, sid)
    forget_published()


BaseDatabaseWrapper.savepoint_rollback = roll_back  # type: ignore[method-assign]

# Every browser of the tests has the layers of a server of its own: each would look for the same static files again.
look_for_files = WhiteNoiseMiddleware.add_files_from_finders
found_files: dict[str, object] = {}


def take_found_files(self: WhiteNoiseMiddleware) -> None:
    """Look for static files once in a process."""
    if not found_files:
        look_for_files(self)
        found_files.update(self.files)
    self.files.update(found_files)


WhiteNoiseMiddleware.add_files_from_finders = take_found_files


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """A database that is made is a copy of one that was migrated."""
    if django_db_createdb or not django_db_keepdb:
        with django_db_blocker.unblock():
            django.db.connection.settings_dict["TEST"]["TEMPLATE"] = tables.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tests' database has the roles and says that its records are invented; one used again has the tests' pepper."""
    with django_db_blocker.unblock(), django.db.connection.cursor() as cursor:
        tables.close()
        roles.sync()
        cursor.execute(sandbox_history.DECLARE_INVENTED)
        assert demands.knows_pepper(cursor.connection)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which part of the tests, and whether to record how long they take."""
    parser.addoption("--part", choices=(durations.LIGHT_PART, durations.HEAVY_PART), help="part of the gate")
    parser.addoption("--record-durations", action="store_true", help=f"write {durations.RECORD.name}")


def pytest_configure(config: pytest.Config) -> None:
    """The process that hears of all tests records."""
    if config.getoption("record_durations") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(durations.Recorder())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whether a file is left out before it is read, since nothing of it is of the part that was asked for."""
    part, name = config.getoption("part"), str(collection_path.relative_to(durations.ROOT))
    is_other = part and collection_path.suffix == ".py" and not durations.has(part, name)
    return True if is_other else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """What is made once for several tests is made in one process, the longest tests begin first, and a part is chosen.

    Before: the plugin that gives tests to processes reads the groups, and writes them into the names that it hands on. After:
    pytest-django puts last what needs no database.
    """
    for item in items:
        for made in shared(item):
            item.add_marker(pytest.mark.xdist_group(made))
    yield
    if getattr(config.option, "loadgroup", False):
        alone = [item.nodeid for item in items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid]
        assert not alone, f"pytest-xdist keeps no groups together, as on pytest 9.2: {alone[0]}"
    durations.choose(config, items)


def pytest_collection_finish() -> None:
    """What was collected stays, and nobody looks for rubbish in it again."""
    gc.freeze()
    gc.enable()


def pytest_sessionstart(session: pytest.Session) -> None:
    """The process that leads others collects nothing itself."""
    if session.config.getoption("dist", "no") != "no":
        gc.enable()


def shared(item: pytest.Item) -> set[str]:
    """Where the fixtures are defined that a test shares with others of its module or package."""
    info = getattr(item, "_fixtureinfo", None)
    found = [each[-1] for each in info.name2fixturedefs.values()] if info else []
    return {each.baseid for each in found if each.scope in {"module", "package"} and each.baseid}


def pytest_runtest_setup() -> None:
    """Forget what the process keeps: what a test publishes is taken back, which publishing itself never is.

    That the tests' records are invented is said in nothing that they read, unless a test asks (`tests/invented.py`).
    """
    invented.KNOWN.answer = False
    forget_published()


def forget_published() -> None:
    """Forget the list of public releases, and the answers made of them."""
    answers.REPEATS = Answers(answers.REPEATS.room)
    catalogue.PUBLISHED = catalogue.CurrentReleases()


def pytest_unconfigure() -> None:
    """Stop the server that was started here."""
    resources.close()


@pytest.fixture
def ngo(db: None) -> Caller:
    """A live NGO that may write and read referrals."""
    return make_caller("NGO")


@pytest.fixture
def other_ngo(db: None) -> Caller:
    """Another live NGO."""
    return make_caller("NGO")


@pytest.fixture
def police(db: None) -> Caller:
    """A live police partner."""
    return make_caller("POLICE")


@pytest.fixture
def immigration(db: None) -> Caller:
    """A deciding authority."""
    return make_caller("IMMIGRATION")


@pytest.fixture
def centre(db: None) -> Caller:
    """The centre, with every scope."""
    return make_caller("CENTRE")


@pytest.fixture
def zero_is_known(db: None) -> None:
    """Of each period somebody has reported that nothing happened."""
    say_nil(*range(2000, 2026))
