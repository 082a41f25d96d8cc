"""Who said what: quotations of a text and their speakers.

Rules over quotation marks, verbs of saying in English and French, and the names around them. A pair
of marks is a quotation when somebody says it, or when it reads as one (four words, or an end of
sentence inside); titles of works and single words in marks are not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.domain.naming import Entity, Kind, Mention, Said

_NEAR = 240  # characters from a quotation in which its speaker is looked for
_FEWEST_WORDS = 4
_SAYING = (
    "said says say saying told tells added adds asked asks replied answered argued argues claimed "
    "claims explained explains noted notes wrote writes writing stated states declared declares "
    "announced announces insisted insists warned warns admitted admits acknowledged commented "
    "comments remarked recalled recalls quipped joked continued continues concluded concludes "
    "observed suggested suggests urged urges tweeted posted shouted cried exclaimed whispered "
    "responded responds confirmed confirms complained boasted countered reiterated stressed "
    "stresses emphasized emphasised testified vowed pledged predicted quoted according thinks "
    "believes repeated lamented mused reported reports called calls described describes"
)
_DIRE = (
    "dit disait déclare déclaré déclarait affirme affirmé affirmait explique expliqué expliquait "
    "ajoute ajouté ajoutait estime estimé estimait assure assuré assurait précise précisé précisait "
    "indique indiqué indiquait souligne souligné soulignait répond répondu répondait demande demandé "
    "lance lancé lançait raconte raconté racontait confie confié confiait annonce annoncé annonçait "
    "écrit écrivait rappelle rappelé rappelait regrette regretté dénonce dénoncé martèle martelé "
    "insiste insisté conclut reconnaît reconnu admet admis promet promis note noté résume résumé "
    "poursuit poursuivi selon tweeté prévient prévenu plaide plaidé glisse glissé soupire commente "
    "commenté observe observé juge jugé ironise détaille détaillé"
)
_VERBS = {
    lang: re.compile(rf"\b(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})\b", re.I)
    for lang, words in (("en", _SAYING), ("fr", _DIRE))
}
_PRONOUN = {
    "en": re.compile(r"\b(?:he|she|they|his|her)\b", re.I),
    "fr": re.compile(r"(?:\b|-)(?:il|elle|ils|elles)\b", re.I),
}
_PAIRS = re.compile(r"“[^”\n]*(?:”|$)|«[^»\n]*(?:»|$)|„[^“”\n]*[“”]|\"[^\"\n]*(?:\"|$)", re.M)
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)[^\n]{2,600}?(?<=[\w.,!?…])[’'](?![\w])")
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)]*\s")
_ENDS = ",.!?…;—"
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Prof|Rev|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class _Who:
    """A mention that may speak."""

    mention: Mention
    key: str
    kind: Kind


def quotes(text: str, entities: Sequence[Entity], lang: str) -> tuple[Said, ...]:
    """The quotations of `text` in order, each with the key of its speaker, or ""."""
    speakers = _Speakers(text, entities, lang)
    found: list[Said] = []
    for start, end in _marked(text):
        key = speakers.of(start, end)
        if not key and not _reads_as_one(text[start:end]):
            continue
        if key is None:
            key = _carried(text, found, start)
        found.append(Said(start, end, key or ""))
    return tuple(found)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of quotation marks, outermost only."""
    pairs = [m.span() for m in _PAIRS.finditer(text)]
    starts = [start for start, _ in pairs]
    for single in _SINGLE.finditer(text):
        at = bisect_left(starts, single.end())
        if at == 0 or pairs[at - 1][1] <= single.start():
            pairs.append(single.span())
    return iter(sorted(pairs))


def _reads_as_one(quoted: str) -> bool:
    inner = quoted.strip("“”«»„\"‘’' \u00a0")
    words = inner.split()
    ended = inner[-1:] in _ENDS or quoted[-1:] not in "”»\"’'"
    capitals = sum(word[:1].isupper() for word in words)
    return len(words) >= _FEWEST_WORDS and (ended or capitals * 2 < len(words))


def _carried(text: str, found: Sequence[Said], start: int) -> str:
    """The last speaker goes on where nothing but the break of a paragraph or an own aside is between."""
    if not found or not found[-1].speaker:
        return ""
    between = text[found[-1].end : start]
    if "\n" not in between:
        return found[-1].speaker
    after, *rest = re.split(r"\n+", between)
    opens_paragraph = not "".join(rest).strip()
    return found[-1].speaker if opens_paragraph and len(after) < _NEAR else ""


class _Speakers:
    """Looks for the speaker around a quotation."""

    def __init__(self, text: str, entities: Sequence[Entity], lang: str) -> None:
        self._text = text
        self._verb = _VERBS.get(lang, _VERBS["en"])
        self._pronoun = _PRONOUN.get(lang, _PRONOUN["en"])
        who = [_Who(m, e.key, e.kind) for e in entities for m in e.mentions if not m.derived]
        self._who = sorted(who, key=lambda one: one.mention.start)
        self._starts = [one.mention.start for one in self._who]
        self._marked = [start for start, _ in _marked(text)]
        self._last = ""

    def of(self, start: int, end: int) -> str | None:
        """The speaker's key, "" for somebody without a name, None where nobody says it."""
        key = self._after(end)
        if key is None:
            key = self._before(start)
        if key:
            self._last = key
        return key

    def _after(self, end: int) -> str | None:
        """`“…,” said Sergei Lavrov` and `“…,” Mr Lavrov said`."""
        stop = self._stop(end)
        verb = self._verb.search(self._text, end, stop)
        if verb is None:
            return None
        subject = self._subject(end, verb.start(), last=True)
        inverted = self._subject(verb.end(), stop, last=False, near=verb.end())
        # "said Sergei Lavrov" has nothing before its verb.
        if not self._text[end : verb.start()].strip(' ,.-—–“”"’»') and inverted:
            return inverted.key
        chosen = subject or inverted
        return self._named(chosen, end, stop)

    def _before(self, start: int) -> str | None:
        """`Sergei Lavrov said: “…”` and `Lavrov, who said he “…”`."""
        begin = self._begin(start)
        verbs = list(self._verb.finditer(self._text, begin, start))
        if not verbs:
            return None
        verb = verbs[-1]
        subject = self._subject(begin, verb.start(), last=True)
        inverted = self._subject(verb.end(), start, last=False, near=verb.end())
        return self._named(subject or inverted, begin, start)

    def _named(self, chosen: _Who | None, start: int, end: int) -> str:
        pronoun = self._pronoun.search(self._text, start, end)
        if chosen is not None and (pronoun is None or chosen.mention.start < pronoun.start()):
            return chosen.key
        if pronoun is not None:
            return self._person_before(start) or self._last
        return ""

    def _person_before(self, position: int) -> str:
        """Whom "he" means: the last speaker if named nearby, else the last person."""
        at = bisect_left(self._starts, position)
        for one in reversed(self._who[max(0, at - 12) : at]):
            if one.kind is Kind.PERSON:
                return one.key
        return ""

    def _subject(self, start: int, end: int, *, last: bool, near: int | None = None) -> _Who | None:
        """A person in `start:end`, else an organisation or place next to the verb."""
        inside = [
            one
            for one in self._who[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            if one.mention.end <= end and one.kind is not Kind.OTHER
        ]
        if near is not None:
            inside = [
                one for one in inside if len(self._text[near : one.mention.start].split()) < 8
            ]
        if not inside:
            return None
        people = [one for one in inside if one.kind is Kind.PERSON]
        pick = people or inside
        return pick[-1 if last else 0]

    def _stop(self, end: int) -> int:
        """Where the sentence after a quotation ends."""
        stop = min(len(self._text), end + _NEAR)
        line = self._text.find("\n", end, stop)
        stop = line if line >= 0 else stop
        at = bisect_left(self._marked, end)
        if at < len(self._marked):
            stop = min(stop, self._marked[at])
        for found in _SENTENCE_END.finditer(self._text, end, stop):
            if not self._abbreviates(found.start() + 1):
                return found.start() + 1
        return stop

    def _begin(self, start: int) -> int:
        """Where the sentence that leads to a quotation begins."""
        begin = max(0, start - _NEAR)
        begin = max(begin, self._text.rfind("\n", begin, start) + 1)
        for found in _SENTENCE_END.finditer(self._text, begin, start):
            if not self._abbreviates(found.start() + 1):
                begin = found.end()
        return begin

    def _abbreviates(self, end: int) -> bool:
        """True if the full stop before `end` belongs to a word: "Mr." ends no sentence."""
        return bool(_ABBREVIATED.search(self._text[max(0, end - 8) : end]))
