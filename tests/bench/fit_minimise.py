"""The minimum of a smooth function, without SciPy: L-BFGS (Nocedal and Wright, chapter 7)."""

from collections import deque
from collections.abc import Callable

import numpy as np

from tui.entities.chances import Numbers

_MEMORY = 10
_ENOUGH = 1e-4  # of the fall that the slope promises


def minimise(
    function: Callable[[Numbers], tuple[float, Numbers]], steps: int, size: int
) -> Numbers:
    """Where `function` (value and slope at a point of `size` numbers) is small, from 0 on."""
    point = np.zeros(size)
    value, slope = function(point)
    memory: deque[tuple[Numbers, Numbers]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        direction = -_turned(slope, memory)
        fall = float(slope @ direction)
        length = 1.0 if memory else 1.0 / float(np.linalg.norm(slope))
        for _ in range(30):
            there = point + length * direction
            lower, steeper = function(there)
            if lower <= value + _ENOUGH * length * fall:
                break
            length /= 2
        else:
            break
        if (there - point) @ (steeper - slope) > 0:
            memory.append((there - point, steeper - slope))
        point, value, slope = there, lower, steeper
    return point


def _turned(slope: Numbers, memory: deque[tuple[Numbers, Numbers]]) -> Numbers:
    """`slope` times the inverse curvature that the last steps showed."""
    turned = slope.copy()
    shares = []
    for step, change in reversed(memory):
        share = (step @ turned) / (step @ change)
        turned -= share * change
        shares.append(share)
    if memory:
        step, change = memory[-1]
        turned *= (step @ change) / (change @ change)
    for (step, change), share in zip(memory, reversed(shares), strict=True):
        turned += (share - (change @ turned) / (step @ change)) * step
    return turned
