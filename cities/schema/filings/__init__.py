"""What a filing needs of the law: arguments, relief, and what each body requires.

exemptions    the grounds for withholding, what the city must prove, and the paragraphs that answer
reliefs       what may be asked for, by route and grievance
requirements  what goes with a filing, its limits, and the days that a body sets
"""
