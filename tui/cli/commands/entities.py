"""`broadsheet entities FILE...`: who and what texts are about, without a library."""

import asyncio
import contextlib
import json
import sys
from argparse import Namespace
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.cli import compose
from tui.cli.complaints import complain
from tui.domain.errors import RecogniseError, SourceError
from tui.domain.naming import Entity, Recognition
from tui.domain.text import clean, clean_line
from tui.entities.worker import WorkerRecogniser

_LARGEST = 50_000_000  # bytes of a text; a device may have no end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as given, with the id that its answer carries."""

    id: str
    text: str
    title: str = ""
    lang: str = ""


def run(args: Namespace) -> int:
    """Print the entities of each file; a file that fails is said, the others are still done."""
    return asyncio.run(_run(args))


async def _run(args: Namespace) -> int:
    status = 0
    async with contextlib.AsyncExitStack() as stack:
        recogniser = WorkerRecogniser(compose.home().settings.entities)
        stack.push_async_callback(recogniser.close)
        for source in args.file:
            try:
                document = read_document(source)
                found = await recogniser.recognise_text(
                    document.text,
                    title=document.title,
                    lang=args.lang or document.lang,
                    fixed=bool(args.lang),
                )
            except (SourceError, RecogniseError) as error:
                complain(f"{source}: {error}")
                status = 1
                continue
            if found.missing:
                complain(f"{source}: {found.missing}")
            _show(document, found, as_json=args.json, several=len(args.file) > 1)
    return status


def read_document(source: str) -> Document:
    """The text in the file `source` ("-": standard input). Raises SourceError.

    A JSON object needs "text" and may have "id", "title" and "lang". What is named .json or begins with
    "{" must be one; everything else is text.
    """
    try:
        if source == "-":
            data = sys.stdin.buffer.read(_LARGEST)
        else:
            with Path(source).open("rb") as file:
                data = file.read(_LARGEST)
    except OSError as error:
        raise SourceError(f"can't be read: {error.strerror}") from error
    text = data.decode("utf-8-sig", "replace")
    name = "-" if source == "-" else Path(source).stem
    if not text.lstrip().startswith("{") and Path(source).suffix.lower() != ".json":
        return Document(name, text)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"is no valid JSON: {_where(error)}; mend it, or give plain text"
        ) from error
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise SourceError('is JSON without "text"')
    fields = {key: value[key] for key in ("title", "lang") if isinstance(value.get(key), str)}
    identity = str(value.get("id", name)).encode("utf-8", "replace").decode("utf-8")
    return Document(identity, value["text"], **fields)


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return (
            f"{error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno}, column {error.colno}"
        )
    return "nested too deeply or a number too long"


def _show(document: Document, found: Recognition, *, as_json: bool, several: bool) -> None:
    if as_json:
        print(json.dumps(to_value(document.id, found), ensure_ascii=False), flush=True)
        return
    if several:
        print(f"# {clean_line(document.id)}")
    for entity in found.entities:
        print(_line(entity, document.text))


def to_value(identity: str, found: Recognition) -> dict[str, Any]:
    """The stable form of the command line; mentions in the order of the text."""
    mentions = sorted(
        (m.start, m.end, m.kind.code, e.canonical) for e in found.entities for m in e.mentions
    )
    return {
        "id": identity,
        "entities": [list(mention) for mention in mentions],
        "ranking": [entity.canonical for entity in found.entities],
    }


def _line(entity: Entity, text: str) -> str:
    """One entity for people: weight, kind, count, name, and how else the story calls it."""
    dots = "●" * max(1, round(4 * entity.salience))
    spellings = Counter(clean(text[m.start : m.end]) for m in entity.mentions)
    others = ", ".join(f"{s} ×{n}" for s, n in spellings.most_common() if s != entity.name)
    name = clean_line(entity.name) + (f"  ({clean_line(others)})" if others else "")
    return f"{dots:<4} {entity.kind.value:<6} {entity.count:>3}  {name}"
