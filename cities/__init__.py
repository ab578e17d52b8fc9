"""The law and the cities, without Django: what they say, which days count, when a thing is due.

Four rooms, each built on the ones before it (`lint-imports` holds that):

    pack      a pack of TOML files read into frozen values; the files lie in `packs/`
    calendar  which days a city counts, and counting them
    clocks    a statute's clocks and a request's events → its deadlines, explained day by day
    checks    what is wrong with a pack, and dates counted by hand compared with the clocks'
"""
