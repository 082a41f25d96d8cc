"""The mentions in a text: by the weights where the model has them, else by lists and the model's word."""

from collections.abc import Iterable

from tui.domain.naming import Kind, Mention, fold_key
from tui.entities import lexicon
from tui.entities.bounds import settle
from tui.entities.datelines import datelines
from tui.entities.evidence import group
from tui.entities.models import Found, Model
from tui.entities.reading import Reading
from tui.entities.story import UNSEEN, Story
from tui.entities.weights import weights

Named = tuple[int, int, Kind]  # text[start:end]


def classify(text: str, model: Model) -> list[Mention]:
    """The mentions in `text`, in order, without overlaps."""
    reading = model.reading(text)
    if reading is not None:
        named = _with_datelines(
            text, _by_weights(reading), {(s.start, s.stop) for s in reading.spans}
        )
    else:
        story = Story(text, settle(text, model.names(text)))
        candidates = story.candidates()
        decided = ((name, _by_rules(name, story)) for name in candidates)
        named = [(name.start, name.end, kind) for name, kind in decided if kind is not None]
        named = _with_datelines(text, named, {(name.start, name.end) for name in candidates})
    return [_mention(text, *name) for name in named]


def _by_weights(reading: Reading) -> list[Named]:
    return [(span.start, span.stop, kind) for span, kind in weights().names(reading)]


def _with_datelines(
    text: str, named: Iterable[Named], candidates: set[tuple[int, int]]
) -> list[Named]:
    """`named` with a place where a paragraph begins with a dateline."""
    places = [place for place in datelines(text).items() if place in candidates]
    kept = [
        name
        for name in named
        if not any(name[0] < end and name[1] > start for start, end in places)
    ]
    return sorted([*kept, *((start, end, Kind.PLACE) for start, end in places)])


def _by_rules(name: Found, story: Story) -> Kind | None:
    """For models without weights: lists first, then what the model says of the name here."""
    text = story.text[name.start : name.end]
    known = lexicon.countries().get(text)
    if known is not None:
        return Kind.OTHER if known.derived else Kind.PLACE
    votes = story.votes.get(fold_key(text))
    if name.label == UNSEEN:
        return Kind(group(votes.most_common(1)[0][0])) if votes else None
    return Kind(group(name.label))


def _mention(text: str, start: int, end: int, kind: Kind) -> Mention:
    known = lexicon.countries().get(text[start:end])
    return Mention(start, end, kind, bool(known and known.derived and kind is Kind.OTHER))
