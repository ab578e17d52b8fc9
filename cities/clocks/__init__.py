"""A statute's clocks and a request's events → its deadlines. How a date is chosen: `derive`.

derive             every deadline of a request; the one function that callers need
computed_deadline  a deadline as it came out, with all that explains it
explain            that explanation as plain text, and as JSON

office_hours       what came after an office's hour, on the day it counts as received
occurrences        what happened, by date and checked for sense; when a clock stood still
starts             what set a clock off
city_clocks        clocks of the city or a reviewing body, on both readings
city_count         one reading of such a clock: counted, suspended, extended
our_clocks         clocks of ours: the last day that is safe on every reading
counting           the last day, and the rows of the days between
before_the_calendar  clocks that start before the calendar's first day, which get no date
"""
