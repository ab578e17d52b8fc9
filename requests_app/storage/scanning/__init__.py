"""An optional virus scanner: ClamAV's clamd, where CLAMD_URL says that there is one.

No mail and no upload waits for it. `clamd` speaks to it, `scan_queue` keeps its verdict on each
content and sets the infected apart, `tasks` is the worker's part.
"""
