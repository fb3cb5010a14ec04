"""How far two points of the earth are from each other."""

from math import asin, cos, radians, sin, sqrt

_EARTH_M = 6_371_000
_ROUNDED_TO_M = 10


def metres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> int:
    """Return the distance of two points (degrees, WGS 84) in metres, rounded to tens."""
    up, other_up = radians(latitude), radians(other_latitude)
    across = radians(other_longitude - longitude)
    half = sin((other_up - up) / 2) ** 2 + cos(up) * cos(other_up) * sin(across / 2) ** 2
    metres = 2 * _EARTH_M * asin(sqrt(min(1.0, half)))
    return round(metres / _ROUNDED_TO_M) * _ROUNDED_TO_M
