"""The progress of a build, kept in the database so that an interrupted build goes on. It is deleted when the draft is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from cases.statistics.models import Work


class BuildProgress(MutableMapping[str, Any]):
    """A mapping that survives the process. Its key is a digest of everything that the result is a function of."""

    def __init__(self, *inputs: object) -> None:
        self.key = hashlib.sha256(json.dumps(inputs, sort_keys=True, default=str).encode()).hexdigest()
        row = Work.objects.filter(pk=self.key).first()
        self.state: dict[str, Any] = row.state if row else {}

    def __getitem__(self, name: str) -> Any:
        return self.state[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.state[name] = value
        Work.objects.update_or_create(key=self.key, defaults={"state": self.state})

    def __delitem__(self, name: str) -> None:
        del self.state[name]
        Work.objects.update_or_create(key=self.key, defaults={"state": self.state})

    def __iter__(self) -> Iterator[str]:
        return iter(self.state)

    def __len__(self) -> int:
        return len(self.state)

    def clear(self) -> None:
        """Delete the progress."""
        Work.objects.filter(pk=self.key).delete()
        self.state = {}


class BlockProgress(MutableMapping[str, Any]):
    """The part of the progress that is one block's. Its names have the block's name in front."""

    def __init__(self, memory: MutableMapping[str, Any], name: str) -> None:
        self.memory, self.name = memory, name

    def __getitem__(self, name: str) -> Any:
        return self.memory[f"{self.name}/{name}"]

    def __setitem__(self, name: str, value: Any) -> None:
        self.memory[f"{self.name}/{name}"] = value

    def __delitem__(self, name: str) -> None:
        del self.memory[f"{self.name}/{name}"]

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(f"{self.name}/") for name in self.memory if name.startswith(f"{self.name}/"))

    def __len__(self) -> int:
        return sum(1 for _ in self)
