"""What the reader knows better than the model, applied to what the model found.

Pure: the library keeps the corrections (`ports.Correction`, oldest first) and calls this for old and
new articles alike. An entity that is not shared across articles (`Entity.shared`) is corrected only
in the entry where the correction was made, so that no key merges two people of one surname.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.domain.naming import Entity, Kind, Recognition, Said, fold_key
from tui.domain.ports import Correction

_KINDS = frozenset(kind.value for kind in Kind)


def apply_corrections(
    found: Recognition, corrections: Iterable[Correction], text: str = "", entry: int = 0
) -> Recognition:
    """`found` as the reader wants it, the most salient entity first.

    `text` is `Article.text`, which "split" needs to read the spellings; `entry` is the entry's id.
    """
    entities: dict[str, Entity] = {entity.key: entity for entity in found.entities}
    speakers = {key: key for key in entities}
    merges: dict[str, str] = {}
    ordered = list(corrections)
    for correction in ordered:
        if correction.action == "merge":
            _note_merge(merges, correction.key, correction.value)
    for correction in ordered:
        entity = entities.get(correction.key)
        if entity is None or not (entity.shared or correction.entry == entry):
            continue
        match correction.action:
            case "hide":
                del entities[entity.key]
            case "rename" if correction.value:
                entities[entity.key] = replace(
                    entity, name=correction.value, canonical=correction.value
                )
            case "kind" if correction.value in _KINDS:
                entities[entity.key] = _with_kind(entity, Kind(correction.value))
            case "split":
                _split(entities, entity, correction.value, text)
            case "merge":
                _merge(entities, speakers, entity, _final(merges, entity.key))
    return replace(
        found,
        entities=tuple(sorted(entities.values(), key=lambda e: -e.salience)),
        quotes=_speakers(found.quotes, speakers, entities),
    )


def _note_merge(merges: dict[str, str], key: str, into: str) -> None:
    """The later merge wins where two would go round in a circle."""
    if _final(merges, into) == key:
        merges.pop(into, None)
    if key != into:
        merges[key] = into


def _final(merges: dict[str, str], key: str) -> str:
    """Where `key` ends up: a merge into an entity that was itself merged follows it."""
    seen = {key}
    while (into := merges.get(key)) is not None and into not in seen:
        seen.add(into)
        key = into
    return key


def _with_kind(entity: Entity, kind: Kind) -> Entity:
    mentions = tuple(m if m.derived else replace(m, kind=kind) for m in entity.mentions)
    return replace(entity, kind=kind, mentions=mentions)


def _split(entities: dict[str, Entity], entity: Entity, spelling: str, text: str) -> None:
    key = fold_key(spelling)
    if not key or key in entities:
        return
    out = tuple(m for m in entity.mentions if fold_key(text[m.start : m.end]) == key)
    rest = tuple(m for m in entity.mentions if m not in out)
    if not out or not rest:
        return
    share = len(out) / entity.count
    entities[entity.key] = replace(entity, mentions=rest, salience=entity.salience * (1 - share))
    entities[key] = Entity(
        name=spelling,
        key=key,
        kind=out[0].kind,
        mentions=out,
        salience=entity.salience * share,
        shared=entity.kind is not Kind.PERSON or " " in key,
        canonical=spelling,
    )


def _merge(
    entities: dict[str, Entity], speakers: dict[str, str], entity: Entity, into: str
) -> None:
    if into == entity.key:
        return
    del entities[entity.key]
    for key, target in speakers.items():
        if target == entity.key:
            speakers[key] = into
    other = entities.get(into)
    if other is None:
        entities[into] = replace(entity, key=into, shared=True)
        return
    mentions = tuple(sorted({*other.mentions, *entity.mentions}, key=lambda m: m.start))
    salience = min(1.0, other.salience + entity.salience)
    entities[into] = replace(other, mentions=mentions, salience=salience)


def _speakers(
    quotes: Sequence[Said], speakers: dict[str, str], entities: dict[str, Entity]
) -> tuple[Said, ...]:
    keys = (speakers.get(quote.speaker, quote.speaker) for quote in quotes)
    return tuple(
        replace(quote, speaker=key if key in entities else "")
        for quote, key in zip(quotes, keys, strict=True)
    )
