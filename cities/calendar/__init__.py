"""Which days a city counts.

business_days  a calendar on each reading of the law, its closures, and the arithmetic
year           one year of it, month by month, as a page shows it
"""
