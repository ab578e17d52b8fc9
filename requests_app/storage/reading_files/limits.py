"""What the reading of one file may cost, and how much of its words is kept."""

from requests_app.storage.cage.limits import MEGABYTE, Limits

MOST_TEXT_BYTES = 2 * MEGABYTE
LIMITS = Limits(cpu_seconds=60, wall_seconds=120, memory=512 * MEGABYTE, output=2 * MOST_TEXT_BYTES)
