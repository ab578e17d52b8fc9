"""An optional virus scanner: ClamAV's clamd, where CLAMD_URL says that there is one.

No mail and no upload waits for it. `clamd` speaks to it, `shelf` keeps what it said of each content
and sets the infected apart, `tasks` is the worker's part.
"""
