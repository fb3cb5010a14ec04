"""What the rules of who may sign up refuse (VOL-02, VOL-11).

BusinessError
 └─ Ineligible           somebody may not sign up for a post
     ├─ TooEarly             sign-up for a post so far ahead is not open yet
     ├─ TooManyInAWeek
     ├─ TooManyHours         on one day
     ├─ TooLittleRest        between two posts
     ├─ NobodyToBring        the post, or the person, brings nobody along
     ├─ TooManyCompanions
     ├─ AdultsOnly           the kind of post takes no minors
     ├─ NoMinorsAtNight
     └─ GuardianNeeded       a minor comes with the guardian or with a school's team
"""

from datetime import date, time

from bot.core.errors import BusinessError


class Ineligible(BusinessError):
    """The person `person_id` may not sign up for the post `wanted_id`; each rule is a subclass."""

    def __init__(self, *, wanted_id: int, person_id: int, **data: object) -> None:
        """Keep whom and what it is about, to look for something that they may take."""
        super().__init__(**data)
        self.wanted_id = wanted_id
        self.person_id = person_id


class TooEarly(Ineligible):
    """Sign-up opens `days` days before the post, on `opens`."""

    key = "eligibility.error.too_early"

    def __init__(self, *, wanted_id: int, person_id: int, days: int, opens: date) -> None:
        """Keep when to come back."""
        super().__init__(wanted_id=wanted_id, person_id=person_id, days=days, opens=opens)


class TooManyInAWeek(Ineligible):
    """The person has `held` posts in that week (Monday to Sunday); `most` are allowed."""

    key = "eligibility.error.week"

    def __init__(self, *, wanted_id: int, person_id: int, most: int, held: int) -> None:
        """Keep both figures."""
        super().__init__(wanted_id=wanted_id, person_id=person_id, most=most, held=held)


class TooManyHours(Ineligible):
    """On `day` it would be `minutes` minutes at posts; `most` hours are allowed."""

    key = "eligibility.error.hours"

    def __init__(self, *, wanted_id: int, person_id: int, most: int, day: date, hours: str) -> None:
        """Keep the day and what it would come to, `hours` with one decimal at most."""
        super().__init__(wanted_id=wanted_id, person_id=person_id, most=most, day=day, hours=hours)


class TooLittleRest(Ineligible):
    """Only `minutes` minutes would lie between the post and the one at `place`."""

    key = "eligibility.error.rest"

    def __init__(
        self, *, wanted_id: int, person_id: int, place: str, minutes: int, needed: int
    ) -> None:
        """Keep the other post's place, the minutes there are and those that are needed."""
        super().__init__(
            wanted_id=wanted_id, person_id=person_id, place=place, minutes=minutes, needed=needed
        )


class NobodyToBring(Ineligible):
    """The post takes no companions, or the person, a minor, brings none."""

    key = "eligibility.error.nobody_to_bring"


class TooManyCompanions(Ineligible):
    """At most `most` companions may be brought."""

    key = "eligibility.error.companions"

    def __init__(self, *, wanted_id: int, person_id: int, most: int) -> None:
        """Keep how many there may be."""
        super().__init__(wanted_id=wanted_id, person_id=person_id, most=most)
        self.most = most


class AdultsOnly(Ineligible):
    """Posts of that kind take no minors (VOL-11)."""

    key = "eligibility.error.adults_only"

    def __init__(self, *, wanted_id: int, person_id: int, kind: str) -> None:
        """Keep what the kind is called."""
        super().__init__(wanted_id=wanted_id, person_id=person_id, kind=kind)


class NoMinorsAtNight(Ineligible):
    """A minor's post does not reach into the night, local time (VOL-11)."""

    key = "eligibility.error.night"

    def __init__(self, *, wanted_id: int, person_id: int, start: time, end: time) -> None:
        """Keep when it is night."""
        super().__init__(
            wanted_id=wanted_id, person_id=person_id, start=f"{start:%H:%M}", end=f"{end:%H:%M}"
        )


class GuardianNeeded(Ineligible):
    """A minor comes with the guardian, who has a place there, or with a school's team (VOL-11)."""

    key = "eligibility.error.guardian"
