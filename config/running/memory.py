"""What Python's collector of garbage goes through, in a process that serves for days."""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50  # new objects before a collection; of those, before a wider one


def keep_what_is_loaded() -> None:
    """Never go through again what is there now: code, settings, packs; and look less often.

    A page makes some thousand objects and lets go of nearly all by itself. With Python's own
    numbers the collector goes through everything that is loaded in the middle of every other page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
