"""How the reader wants articles set; changed by key, for this session."""

from tui.domain.records import dataclass
from tui.settings import ScreenSettings

LEAST_MEASURE, MOST_MEASURE = 40, 100
_MOST_SPACING = 2


@dataclass(slots=True)
class Typography:
    """Columns of text, blank lines between blocks, straight right edge, split words."""

    measure: int = 72
    spacing: int = 1
    justify: bool = False
    hyphenate: bool = False

    @classmethod
    def of(cls, settings: ScreenSettings) -> "Typography":
        """As the settings say."""
        measure = max(LEAST_MEASURE, min(settings.measure, MOST_MEASURE))
        return cls(measure, 1, settings.justify, settings.hyphenate)

    def widen(self, by: int) -> None:
        """Change the measure by columns, within its bounds."""
        self.measure = max(LEAST_MEASURE, min(self.measure + by, MOST_MEASURE))

    def next_spacing(self) -> None:
        """No, one or two blank lines between blocks."""
        self.spacing = (self.spacing + 1) % (_MOST_SPACING + 1)
