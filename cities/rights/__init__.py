"""What was done to us, what we may do about it, and until when: all of it is a request's standing.

standing   the grievances of one request, each with its rights; which of them stand on a day
"""
