"""The buttons of cover."""

from dataclasses import dataclass

from bot.chat.callback import callback


@callback("sb", shows=True)
@dataclass(frozen=True)
class NotComing:
    """Shows what somebody with a place can do who cannot come (我来不了)."""

    post_id: int


@callback("sb.f")
@dataclass(frozen=True)
class LookForStandIn:
    """Looks for a stand-in, and shows the search."""

    post_id: int


@callback("sb.a")
@dataclass(frozen=True)
class AskAround:
    """Lets the bot ask volunteers who are free to stand in."""

    call_id: int


@callback("sb.n")
@dataclass(frozen=True)
class StopLooking:
    """Ends the search or the proposal: the person comes."""

    call_id: int


@callback("sb.s", shows=True)
@dataclass(frozen=True)
class ChooseSwap:
    """Shows posts whose people could swap."""

    post_id: int


@callback("sb.p")
@dataclass(frozen=True)
class ProposeSwap:
    """Proposes to those at `other_id` to swap."""

    post_id: int
    other_id: int


@callback("sb.t")
@dataclass(frozen=True)
class TakeByLink:
    """Takes the place, or swaps, with the code of a link."""

    code: str


@callback("sb.y")
@dataclass(frozen=True)
class AcceptAsk:
    """Takes the place that the person was asked about."""

    ask_id: int


@callback("sb.d")
@dataclass(frozen=True)
class DeclineAsk:
    """Says that the person cannot come."""

    ask_id: int


@callback("sb.w")
@dataclass(frozen=True)
class RestThisWeek:
    """Wants no asks this week; `ask_id` None: outside any ask."""

    ask_id: int | None


@callback("sb.u")
@dataclass(frozen=True)
class AskAgain:
    """May be asked again."""


@callback("sb.c", shows=True)
@dataclass(frozen=True)
class PreviewCover:
    """Shows who would be asked to come to a post."""

    post_id: int


@callback("sb.g")
@dataclass(frozen=True)
class CallForCover:
    """Asks so many people to come to a post; 0 asks all who fit."""

    post_id: int
    most: int


@callback("sb.r", shows=True)
@dataclass(frozen=True)
class PostsAtRisk:
    """Shows a page of the posts that may lack people when they begin."""

    page: int
