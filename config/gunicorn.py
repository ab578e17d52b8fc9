"""The web server's settings: the same under `run.py up` and in docker-compose.yml.

Threads, since a request waits for the database and for Pango more than it computes.
"""

import os
from typing import Any

from config.running.memory import keep_what_is_loaded

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 8  # the supervisor and Docker both give ten seconds
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
preload_app = True  # loaded once, shared by fork: a second start in under five seconds
control_socket_disable = True
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def when_ready(server: Any) -> None:
    """Before the first fork."""
    keep_what_is_loaded()
