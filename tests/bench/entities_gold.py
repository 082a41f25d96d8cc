"""The annotated texts and their scorer, beside the checkout."""

import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Gold:
    """One annotated text; `value` is the whole JSON object, as the scorer wants it."""

    value: dict[str, Any]

    @property
    def id(self) -> str:
        """The document's name."""
        return str(self.value["id"])

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return str(self.value["text"])

    @property
    def genre(self) -> str:
        """ "news", "bio", "interview", "voyage", "wikigold"."""
        return str(self.value["genre"])

    @property
    def entities(self) -> list[tuple[int, int, str, str | None]]:
        """(start, end, type, canonical)."""
        return [(s, e, t, c) for s, e, t, c in self.value["entities"]]

    @property
    def ignore(self) -> list[tuple[int, int]]:
        """Spans that count neither way."""
        return [(start, end) for start, end in self.value.get("ignore") or []]


def load(shared: Path) -> list[Gold]:
    """All annotated texts, in order of their names."""
    folder = shared / "bench" / "entities"
    return [Gold(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))]


def scorer(shared: Path) -> Callable[..., dict[str, Any]]:
    """The function `score(gold values, predictions by id, types or None)` of score.py."""
    spec = importlib.util.spec_from_file_location("score", shared / "bench/entities/score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., dict[str, Any]] = module.score
    return score
