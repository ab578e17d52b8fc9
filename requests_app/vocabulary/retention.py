"""For how many days mail is kept at least, whatever is set: `config.settings` refuses less."""

# A suit over records may come years after the answer.
FEWEST_RAW_MAIL_DAYS = 3 * 365
# An audit or a quarrel over a letter that came back falls within a year.
FEWEST_NOTICE_DAYS = 365
