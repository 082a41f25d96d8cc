"""From a text to who and what it is about."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.naming import Entity, Mention, Recognition
from tui.entities.classify import classify
from tui.entities.merging import entities
from tui.entities.models import Model
from tui.entities.quotes import quotes
from tui.entities.salience import ranked

_LONGEST_HEADLINE = 150


def recognise(text: str, model: Model, *, lang: str, headline: int = 0) -> Recognition:
    """Who and what `text` is about.

    The first `headline` characters of `text` are the
    headline with what divides it from the story: names in it help, but mentions, quotes and their
    offsets are those of the rest.
    """
    known = entities(text, classify(text, model))
    shown = headline or _first_line(text)
    titled = frozenset(e.key for e in known if e.mentions[0].start < shown)
    kept = _shifted(known, headline)
    salient = ranked(kept, len(text) - headline, titled)
    return Recognition(
        lang=lang,
        entities=salient,
        quotes=quotes(text[headline:], salient, lang),
        model=model.name,
    )


def _first_line(text: str) -> int:
    """The length of a headline at the beginning of `text`, or 0 if it begins with a sentence."""
    line = text[: _LONGEST_HEADLINE + 1].partition("\n")[0]
    return len(line) if len(line) <= _LONGEST_HEADLINE and line[-1:] not in (".", "") else 0


def _shifted(known: Sequence[Entity], by: int) -> list[Entity]:
    """`known` without the first `by` characters of the text."""
    if not by:
        return list(known)
    moved = []
    for entity in known:
        mentions = tuple(
            Mention(m.start - by, m.end - by, m.kind, m.derived)
            for m in entity.mentions
            if m.start >= by
        )
        if mentions:
            moved.append(replace(entity, mentions=mentions))
    return moved
