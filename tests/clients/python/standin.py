"""A stand-in for deliveries, as the contract has them, until the service itself takes them. JSON, NDJSON and CSV only."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from cases import dictionary as d

Answer = tuple[int, Any, dict[str, str]]
ID, SECRET = "stand-in", "hv_test_standin"
PAGE = 2


class StandIn:
    """A WSGI application with one client. `stored` has the rows by their references, `writes` how often each was stored."""

    def __init__(self, mode: str = "TEST", at_once: int = 5000) -> None:
        self.mode, self.at_once = mode, at_once
        self.stored: dict[str, dict[str, Any]] = {}
        self.writes: Counter[str] = Counter()
        self.batches: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, tuple[bytes, str]] = {}
        self.bodies: list[bytes] = []
        self.mapping: dict[str, Any] = {"columns": {}, "values": {}, "dates": {}}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer."""
        body = environ["wsgi.input"].read()
        query = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        status, content, headers = self.route(environ, query, body)
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        kind = "application/problem+json" if status >= 400 else "application/json"
        all_headers = {"Content-Type": kind, "Henvis-Mode": self.mode.lower(), **headers}
        start_response(f"{status} X", list(all_headers.items()))
        return [raw]

    def route(self, environ: dict[str, Any], query: dict[str, str], body: bytes) -> Answer:  # noqa: C901 (a line an address)
        """The answer of an address."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == "/oauth/token":
            return 200, {"access_token": "token", "expires_in": 600, "token_type": "Bearer"}, {}
        if path.startswith("/api/v1/templates/referrals."):
            return 200, f"reference;{query['lang']}".encode(), {"Content-Type": "text/csv"}
        if environ.get("HTTP_AUTHORIZATION") != "Bearer token" and path != "/api/v1/public/check":
            return problem_body(401, "not_authenticated")
        match [method, *path.removeprefix("/api/v1/").split("/")]:
            case ["GET", "me"]:
                return 200, {"partner": {"name": "NGO", "mode": self.mode}, "client_id": ID, "scopes": ["s"]}, {}
            case ["POST", "batches"]:
                return self.take(environ, query, body)
            case ["POST", "public", "check"]:
                batch = self.judge(rows_of(environ["CONTENT_TYPE"], body), dry_run=True, lenient=False)
                return 200, {name: batch[name] for name in ("counts", "findings", "questions", "results")}, {}
            case [_, "mappings", "referrals"]:
                self.mapping = json.loads(body or json.dumps(self.mapping))
                return 200, self.mapping, {"ETag": '"1"'}
            case [verb, "batches", *rest]:
                return self.one(verb, rest, query, body)
        return problem_body(404, "not_found")

    def take(self, environ: dict[str, Any], query: dict[str, str], body: bytes) -> Answer:
        """A file."""
        key = environ.get("HTTP_IDEMPOTENCY_KEY")
        if key is None:
            return problem_body(400, "idempotency_key_missing")
        self.bodies.append(body)
        if key in self.keys:
            same = self.keys[key][0] == body
            return self.answer(self.keys[key][1]) if same else problem_body(422, "idempotency_key_reused")
        if b"120485-1234" in body:
            return problem_body(422, "identifier_in_file", [{"column": "A", "code": "cpr", "detail": "A CPR number."}])
        rows = rows_of(environ["CONTENT_TYPE"], body)
        for row in rows:
            for header, name in self.mapping["columns"].items():
                row[name] = row.pop(header, row.get(name))
        lenient = "lenient" in environ.get("HTTP_PREFER", "")
        batch = self.judge(rows, dry_run=query["dry_run"] == "true", lenient=lenient)
        self.batches[batch["id"]] = batch
        self.keys[key] = (body, batch["id"])
        if len(rows) > self.at_once:
            batch |= {"later": batch["state"], "state": "queued", "stage": "checking", "eta_seconds": 4}
        return self.answer(batch["id"])

    def judge(self, rows: list[dict[str, Any]], *, dry_run: bool, lenient: bool) -> dict[str, Any]:
        """A batch; what may be stored is."""
        if rows and d.REGION.name not in rows[0]:
            return self.asking(rows)
        results = [self.result(n, row) for n, row in enumerate(rows)]
        is_blocked = any(each["outcome"] in {"rejected", "held"} for each in results)
        is_stored = not dry_run and (lenient or not is_blocked)
        if is_stored:
            for row, result in zip(rows, results, strict=True):
                self.store(row, result)
        counts = Counter(each["outcome"] for each in results)
        return {
            "id": str(uuid4()),
            "state": "needs_review" if is_blocked and not lenient else "done",
            "dry_run": dry_run,
            "stored": is_stored,
            "done": len(rows),
            "total": len(rows),
            "counts": dict(counts),
            "questions": [],
            "findings": [],
            "results": results,
            "rows": rows,
        }

    def asking(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """A batch that waits for an answer: which field the last column is."""
        place = len(rows[0]) - 1
        question = {"kind": "column", "column": place, "line": 1, "field": None, "guess": d.REGION.name, "options": []}
        batch = self.judge([], dry_run=True, lenient=False)
        return {**batch, "state": "needs_review", "questions": [question], "total": len(rows)}

    def store(self, row: dict[str, Any], result: dict[str, Any]) -> None:
        """A row, where its outcome allows."""
        if result["outcome"] in {"created", "corrected"}:
            self.stored[row["reference"]] = row
            self.writes[row["reference"]] += 1

    def result(self, index: int, row: dict[str, Any]) -> dict[str, Any]:
        """What becomes of a row: wrong in its region, or held for its gender, or right."""
        result = {"index": index, "line": index + 2, "reference": row["reference"], "findings": []}
        if row[d.REGION.name] not in d.REGION.codelist.names:
            finding: dict[str, Any] = {
                "rule": "unknown_code",
                "class": "error",
                "cell": f"B{index + 2}",
                "column": "Region",
            }
            finding |= {"detail": "Not in the list.", "allowed": ["DK01"], "suggestion": "DK02"}
            return {**result, "outcome": "rejected", "findings": [finding]}
        if row[d.GENDER.name] == "X":
            finding = {"rule": "rare", "class": "check", "detail": "Rare."}
            return {**result, "outcome": "held", "findings": [finding]}
        present = self.stored.get(row["reference"])
        outcome = "created" if present is None else "unchanged" if present == row else "corrected"
        return {**result, "outcome": outcome, "version": 1}

    def answer(self, batch_id: str) -> Answer:
        """A batch as it stands."""
        batch = {name: value for name, value in self.batches[batch_id].items() if name not in {"rows", "later"}}
        if batch["state"] == "queued":
            return 202, {name: value for name, value in batch.items() if name != "results"}, {"Retry-After": "3"}
        if batch["total"] > self.at_once:
            del batch["results"]
        return 200, batch, {}

    def one(self, method: str, path: list[str], query: dict[str, str], body: bytes) -> Answer:
        """A batch, or a part of it."""
        if not path:
            return 200, {"items": [self.answer(each)[1] for each in reversed(self.batches)], "next": None}, {}
        batch = self.batches.get(path[0])
        if batch is None:
            return problem_body(404, "not_found")
        match [method, *path[1:]]:
            case ["GET"]:
                batch["state"] = batch.pop("later", batch["state"])
            case ["DELETE"]:
                batch["state"] = "cancelled"
            case ["GET", "results"]:
                return self.page(batch, query)
            case ["POST", "commit"]:
                self.commit(batch, json.loads(body))
            case ["GET", name]:
                return 200, f"{name};{batch['total']}".encode(), {"Content-Type": "text/csv"}
        return self.answer(batch["id"])

    def commit(self, batch: dict[str, Any], body: dict[str, Any]) -> None:
        """Store what waits, with what is confirmed."""
        rules = {each["rule"] for each in body.get("confirmations", [])}
        for row, result in zip(batch["rows"], batch["results"], strict=True):
            if result["outcome"] == "held" and {each["rule"] for each in result["findings"]} <= rules:
                result |= {"outcome": "created", "findings": []}
            self.store(row, result)
        batch["counts"] = dict(Counter(each["outcome"] for each in batch["results"]))
        batch |= {"state": "done", "stored": True}

    def page(self, batch: dict[str, Any], query: dict[str, str]) -> Answer:
        """A page of results, of few rows each."""
        outcome = query.get("outcome")
        rows = [each for each in batch["results"] if outcome in {None, each["outcome"]}]
        begin = int(query.get("cursor", "0"))
        more = f"http://elsewhere.example/api/v1/batches/{batch['id']}/results?outcome={outcome or ''}&cursor={begin + PAGE}"
        following = more if begin + PAGE < len(rows) else None
        return 200, {"items": rows[begin : begin + PAGE], "next": following}, {}


def problem_body(status: int, code: str, errors: list[dict[str, Any]] | None = None) -> Answer:
    """A problem."""
    return status, {"code": code, "title": code, "status": status, "detail": "Detail.", "errors": errors or []}, {}


def rows_of(media_type: str, body: bytes) -> list[dict[str, Any]]:
    """The rows of a body."""
    if media_type == "application/json":
        return list(json.loads(body))
    if media_type == "application/x-ndjson":
        return [json.loads(line) for line in body.decode().splitlines() if line.strip()]
    text = body.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
