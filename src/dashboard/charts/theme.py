"""One look for every chart, on the screen, in pictures, on slides and in print: colours and letters."""

from __future__ import annotations

# A chart of more marks is slow in the browser and unreadable anyway: exhibits show the level above.
MOST_MARKS = 2000

FONT = "Be Vietnam Pro, sans-serif"  # the generic must end the list, else exports lose all text
SMALL = 12
NORMAL = 13

# Distinct to the colour-blind, and in grey by steps of lightness (tests/charts/test_colours.py).
RED = "#B3261E"
BLUE = "#173F6F"
AMBER = "#E0A038"
STEEL = "#718DB2"
PALE = "#D3DAE3"
TRACK = "#E9EDF1"
INK = "#1F2430"
SOFT_INK = "#525B6B"
WHITE = "#FFFFFF"
# One meaning per colour, for every renderer: BLUE a value, AMBER what is missing, RED the chosen place, the
# mark of sample data and the band on top of what is ours, the greens overlap, greys structure.
COLOURS = {
    "white": WHITE,
    "ink": INK,
    "soft": SOFT_INK,
    "line": "#D5DBE2",
    "track": TRACK,
    "back": "#F4F6F8",
    "value": BLUE,
    "missing": AMBER,
    "missing-line": "#A86A00",
    "party": RED,
    "chosen": RED,
    "chosen-pale": "#FBE9E7",
    "wrong": "#F4B6B0",
    "overlap": "#1B7F73",
    "overlap-dark": "#0C4A43",
    "overlap-mid": "#7FC0B5",
    "overlap-pale": "#C9E4DF",
    "overlap-line": "#1B7F73",
    "neutral": "#8793A6",
    "neutral-pale": "#B9C3D0",
    "neutral-back": "#DEE5EF",
}
# How a part of a bar or a square of its kind is filled, and its edge where it has one of its own.
KINDS = {
    "value": ("value", ""),
    "member": ("value", ""),
    "not_member": ("missing", "missing-line"),
    "member_first": ("missing", "missing-line"),
    "outside": ("neutral", ""),
    "all_three": ("overlap-dark", ""),
    "head": ("overlap", ""),
    "same": ("overlap", ""),
    "front": ("overlap-mid", "overlap-line"),
    "ready": ("overlap-pale", "overlap-line"),
    "pair": ("overlap-pale", "overlap-line"),
    "none": ("white", "neutral"),
    "no_head": ("white", "neutral"),
    "vacant": ("white", "soft"),
    "unreported": ("track", "soft"),
    "not_reported": ("track", "soft"),
}
# These have a dashed edge: they are not reported.
UNKNOWN = ("unreported", "not_reported")
# Colours on which writing is white.
DARK = (RED, BLUE)


def mixed(colour: str, depth: float) -> str:
    """A colour of which only a part from 0 to 1 is seen, on white."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 + depth * (part - 255)):02X}" for part in parts)


def css() -> str:
    """The colours as properties of CSS: `var(--value)` in every style sheet."""
    return " ".join(f"--{name}: {colour};" for name, colour in COLOURS.items())
