import os

# Every program of the desk imports this first: web server, worker, scheduler, practice mail, each
# of Django's commands. What they write is for the account that runs them and for no other.
os.umask(0o077)

from config.celery import app as celery_app  # noqa: E402 - it may write already

__all__ = ["celery_app"]
