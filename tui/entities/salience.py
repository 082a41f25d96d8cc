"""Which entities a story is about: title, lead, how early, how often, how widely."""

import math
from collections.abc import Sequence
from dataclasses import replace

from tui.domain.naming import Entity, Kind

_KIND = {Kind.PERSON: 1.0, Kind.ORG: 1.0, Kind.PLACE: 0.8, Kind.OTHER: 0.5}
_LEAD = 600  # characters: about the first two paragraphs


def ranked(entities: Sequence[Entity], length: int, titled: frozenset[str]) -> tuple[Entity, ...]:
    """`entities` with their salience, the greatest, 1, first. `length` in characters of the text;
    `titled` are the keys of entities that the headline names."""
    scores = [_score(entity, length, entity.key in titled) for entity in entities]
    top = max(scores, default=1.0)
    weighed = [
        replace(entity, salience=round(score / top, 4))
        for entity, score in zip(entities, scores, strict=True)
    ]
    return tuple(sorted(weighed, key=lambda entity: -entity.salience))


def _score(entity: Entity, length: int, titled: bool) -> float:
    own = [m for m in entity.mentions if not m.derived]
    count = len(own) + 0.5 * (entity.count - len(own))
    first = min(m.start for m in entity.mentions)
    early = 1.0 - first / max(length, 1)
    tenths = len({10 * m.start // max(length, 1) for m in entity.mentions})
    score = math.log1p(count) + 0.6 * early + 0.1 * tenths
    score += 0.8 * (first < _LEAD) * min(1.0, length / _LEAD / 3) + 1.2 * titled
    return score * _KIND[entity.kind]
