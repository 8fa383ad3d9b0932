"""How large an invented data set is: its dates, its published totals and what follows for other sizes."""

from __future__ import annotations

# The bundled data set: as many villages as Nam Đông district has. Any other number is an invented place.
VILLAGES = 60
SEED = 2021

DATES = ("2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31")

# Totals that the source article publishes; the bundled data set meets them at the last date.
GRASSROOTS, COMMITTEES, CELLS, SUBCELLS = 42, 14, 28, 128
MEMBERS, HOUSEHOLDS, POPULATION = 2198, 6873, 28336

# One commune of the bundled data set is the worked example of the documentation: at the last date its
# figures are the same whatever the seed.
EXAMPLE = "huong-son"
EXAMPLE_MEMBERS, EXAMPLE_ADMITTED = 156, 6
EXAMPLE_HOUSEHOLDS, EXAMPLE_POPULATION = 640, 2600


def scaled(count: int, size: int, per: int = VILLAGES) -> int:
    """`count` of `per`, carried over to `size` and rounded; exact where `size` is `per`."""
    return (2 * count * size + per) // (2 * per)
