"""A pack: what one city and its state's law say, as frozen values read from `cities/packs/`.

load             TOML files → values; every fault with its file, line and key
city             the City and the Statute that the rest of the desk reads
facts            a fact in its three forms: stated, set to none, not specified
offices          whom to write to, and the routes of a challenge
clock_rules      a statute's time limits
holiday_rules    a statute's holidays
event_kinds      the events that a time limit may name
legal_sentences  what a letter may quote
forms            what fills a city's own PDF form
worked_cases     dates counted by hand, as they are written down
line_numbers     where in a file a key stands
"""
