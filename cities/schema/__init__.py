"""A pack: what one city and its state's law say, as frozen values read from `cities/packs/`.

load               TOML files → values; every fault with its file, line and key
city               the City and the Statute that the rest of the desk reads
facts              a fact in its three forms: stated, set to none, not specified
offices            whom to write to, and the routes of a challenge
separate_agencies  bodies here that are not the city
clock_rules        a statute's time limits
clock_events       the events that a time limit may name
holiday_rules      a statute's holidays
grievances         what opens a right
filings            what a challenge argues, asks for and encloses
cited_sections     sections as letters cite them, and which exemption they are
legal_sentences    what a letter may quote
forms              what fills a city's own PDF form
worked_cases       dates counted by hand, as they are written down
line_numbers       where in a file a key stands
"""
