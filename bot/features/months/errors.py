"""What can be wrong with the month's information.

BusinessError
 ├─ MonthChanged       what is to be filed is not what its card showed
 ├─ NothingToFile      no activity and no words
 ├─ SectionUnknown     a button names a section that there is none of
 └─ SectionFull        the section holds no more words
"""

from bot.core.errors import BusinessError


class MonthChanged(BusinessError):
    """The month was filed, reviewed or added to since its card was shown."""

    key = "months.error.changed"


class NothingToFile(BusinessError):
    """The month has neither an activity nor a word; 本月无活动 is filed with its reason."""

    key = "months.error.nothing"


class SectionUnknown(BusinessError):
    """No section of the month is called so."""

    key = "months.error.section_unknown"


class SectionFull(BusinessError):
    """The words would have `units` UTF-16 units where `most` fit; the last ones were not kept."""

    key = "months.error.section_full"
