"""What `broadsheet doctor` looks at: each function yields `Check`s and changes nothing."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"

    @property
    def mark(self) -> str:
        """One ASCII character, for terminals of every kind."""
        return {"good": "+", "note": "-", "bad": "!"}[self.value]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `advice` says what to do where it is not good."""

    part: str
    verdict: Verdict
    said: str
    advice: str = ""


def good(part: str, said: str) -> Check:
    """All is well."""
    return Check(part, Verdict.GOOD, said)


def note(part: str, said: str, advice: str = "") -> Check:
    """Worth knowing; nothing is broken."""
    return Check(part, Verdict.NOTE, said, advice)


def bad(part: str, said: str, advice: str) -> Check:
    """Broken, with the cure."""
    return Check(part, Verdict.BAD, said, advice)
