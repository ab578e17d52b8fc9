"""Which mails the newsroom's own people get, and when: nothing twice, nothing left out.

`planning` writes down once what each reader is to be told in the morning (its `reminder_days` says,
without a database, on which days of a deadline); `mails` words it and sends it. A step's key
stands in the table before anything is sent, so a run that is repeated finds nothing left to do.
"""
