"""A rehearsal of the worst day: back up while people write, restore elsewhere, compare."""
