"""A plot of points and lines as SVG, drawn without any library; for the figures of the documentation."""

from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

Points = Sequence[tuple[float, float, str]]
"""x, y and what stands beside the point."""

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 420, 70, 150, 40, 60
# From this ratio of the last mark to the first on, an axis is logarithmic.
_FACTOR = 10
_COLOURS = ("#1f5fa8", "#c2571a", "#3a7d44", "#7a4ea3", "#666666")


def plot(
    file: Path, title: str, axes: tuple[str, str], series: Mapping[str, Points], ticks: tuple[Sequence[float], ...]
) -> None:
    """Write a plot whose x axis is logarithmic; `ticks` are the values marked on x and on y, which bound the plot.

    The y axis is logarithmic where its marks grow by factors.
    """
    across, up = ticks
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">{title}</text>',
        f'<text x="{_LEFT}" y="{_HEIGHT - 14}">{axes[0]}</text>',
        f'<text x="16" y="{_HEIGHT - _BOTTOM}" transform="rotate(-90 16 {_HEIGHT - _BOTTOM})">{axes[1]}</text>',
    ]
    for tick in across:
        x = _across(tick, across)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{tick:,g}</text>')
    for tick in up:
        y = _up(tick, up)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for (name, points), colour in zip(series.items(), _COLOURS, strict=False):
        parts += _line(name, points, colour, across, up)
    file.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def _line(name: str, points: Points, colour: str, across: Sequence[float], up: Sequence[float]) -> list[str]:
    places = [(_across(x, across), _up(y, up)) for x, y, _ in points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    parts = [f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'] if len(places) > 1 else []
    for (x, y), (_, _, label) in zip(places, points, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        if (x, y) != places[-1]:
            parts.append(f'<text x="{x - 4:.1f}" y="{y + 18:.1f}" fill="{colour}">{label}</text>')
    x, y = places[-1]
    end = f"{points[-1][2]} {name}".strip()
    parts.append(f'<text x="{x + 9:.1f}" y="{y + 4:.1f}" fill="{colour}" font-weight="bold">{end}</text>')
    return parts


def _across(value: float, ticks: Sequence[float]) -> float:
    return _LEFT + _share(value, ticks, by_factor=True) * (_WIDTH - _LEFT - _RIGHT)


def _up(value: float, ticks: Sequence[float]) -> float:
    by_factor = ticks[0] > 0 and ticks[-1] / ticks[0] >= _FACTOR
    return _HEIGHT - _BOTTOM - _share(value, ticks, by_factor=by_factor) * (_HEIGHT - _BOTTOM - _TOP)


def _share(value: float, ticks: Sequence[float], *, by_factor: bool) -> float:
    if by_factor:
        return log(value / ticks[0]) / log(ticks[-1] / ticks[0])
    return (value - ticks[0]) / (ticks[-1] - ticks[0])
