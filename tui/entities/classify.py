"""Decide of each candidate whether it is a name, and of which kind."""

from tui.domain.naming import Kind, Mention, fold_key
from tui.entities import evidence, lexicon
from tui.entities.datelines import datelines
from tui.entities.models import FITTED, Found
from tui.entities.story import UNSEEN, Story
from tui.entities.vectors import Vectors
from tui.entities.weights import weights


def classify(story: Story, model: str, vectors: Vectors) -> list[Mention]:
    """The mentions in `story`, in order."""
    names = story.candidates()
    if model == FITTED:
        kinds = weights().kinds(names, story, vectors)
    else:
        kinds = [_by_rules(name, story) for name in names]
    places = datelines(story.text)
    decided = (
        (name, Kind.PLACE if places.get(name.start) == name.end else kind)
        for name, kind in zip(names, kinds, strict=True)
    )
    return [_mention(name, kind, story.text) for name, kind in decided if kind is not None]


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
