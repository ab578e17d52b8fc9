"""The one way an action says no."""


class Refused(Exception):
    """Why an act cannot be done, in a sentence for the person who tried. Nothing was changed."""
