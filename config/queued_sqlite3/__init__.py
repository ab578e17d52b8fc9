"""SQLite for several processes that write: see `base`, the name by which Django looks for it."""
