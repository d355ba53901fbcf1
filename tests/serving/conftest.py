"""A deployment that these tests share, made as docs/deploying.md says, with a partner, and a server before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serving.deployment import Deployment, StockPostgres, made, quieten
from tests.serving.service import Service, add_ngo, manage, served


@pytest.fixture(scope="package")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A PostgreSQL with the tables of Henvis."""
    with StockPostgres(tmp_path_factory.mktemp("deployed"), fast=True) as server:
        deployment = made(server)
        quieten(deployment)
        manage(deployment.url, "migrate", "--verbosity=0")
        yield deployment


@pytest.fixture(scope="package")
def ngo_client(deployed: Deployment) -> tuple[str, str]:
    """The id and the secret of an NGO's client."""
    return add_ngo(deployed.url)


@pytest.fixture(scope="module")
def service(
    deployed: Deployment, ngo_client: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A server that outlives what happens to it, one outage after another."""
    with served(deployed.web_url, ngo_client, tmp_path_factory.mktemp("served") / "server.log") as running:
        yield running
