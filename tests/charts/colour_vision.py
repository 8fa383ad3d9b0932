"""How far apart two colours are: to every eye, to the colour-blind, in grey print, and as a contrast.

Colour blindness is simulated by the matrices of Machado, Oliveira and Fernandes, "A Physiologically-based
Model for Simulation of Color Vision Deficiency" (IEEE TVCG 15/6, 2009), severity 1.0, on linear sRGB.
Distances are those of CIELAB (1976); contrast is that of WCAG 2.2.
"""

from __future__ import annotations

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

BLINDNESS: dict[str, Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# From linear sRGB to XYZ, each divided by the white of D65.
_TO_XYZ: Matrix = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((_times(_TO_XYZ, _linear(colour))[1] for colour in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """What is left of a colour in grey print: L*, 0 (black) to 100 (white)."""
    return _lab(_linear(colour))[0]


def distance(first: str, second: str, blindness: str) -> float:
    """How far apart two colours are to readers with this colour blindness; 2 is just seen side by side."""
    as_seen = [_lab(_seen(_linear(colour), BLINDNESS[blindness])) for colour in (first, second)]
    return sum((a - b) ** 2 for a, b in zip(*as_seen, strict=True)) ** 0.5


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _channel(red), _channel(green), _channel(blue)


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _seen(colour: Triple, matrix: Matrix) -> Triple:
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(matrix, colour))
    return red, green, blue


def _times(matrix: Matrix, vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _lab(colour: Triple) -> Triple:
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in _times(_TO_XYZ, colour)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
