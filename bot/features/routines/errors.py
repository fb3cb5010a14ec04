"""What the rules of routines refuse (TIME-09)."""

from bot.core.errors import BusinessError


class RoutineUnnamed(BusinessError):
    """What is done is said in letters, at most `most` UTF-16 units."""

    key = "routines.error.name"


class NoSuchChoice(BusinessError):
    """The answer was to be one of the buttons."""

    key = "routines.error.choice"


class TooManyRoutines(BusinessError):
    """A unit has no more than `most` routines."""

    key = "routines.error.too_many"


class AlreadyDone(BusinessError):
    """The period is noted as done."""

    key = "routines.error.done"
