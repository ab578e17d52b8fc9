"""What was done to us, what we may do about it, and until when: all of it is a request's standing.

standing           the grievances of one request, each with its rights; which of them stand on a day
whose_records      whose records a request seems to ask for
claimed_exemption  which exemption a city means by what it wrote
reliefs            what may be asked for over a grievance on a route
"""
