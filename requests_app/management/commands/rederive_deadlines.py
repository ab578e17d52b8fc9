"""The name that `rederive` had while it looked at deadlines alone; scripts may still say it."""

from requests_app.management.commands.rederive import Command

__all__ = ["Command"]
