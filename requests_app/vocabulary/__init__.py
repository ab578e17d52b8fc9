"""What things are called and what is true of them: events, clocks, channels, states, phrases.

Each is described once, here; pages, letters, case files, reminders, the API and the docs read it.
Nothing here knows the database. `states` and `channels` are Django's `TextChoices`, because fields
and forms take those; the others are plain Python, because `requests_app.deadlines` needs no Django.
"""
