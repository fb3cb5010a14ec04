"""Steering the sandbox: the clock, the limits, the trouble."""

from dataclasses import asdict, fields, replace

from bot.sandbox.answers import Impossible, JsonObject
from bot.sandbox.clock import parsed_step, parsed_time
from bot.sandbox.faults import parsed_fault
from bot.sandbox.limits import Settings
from bot.sandbox.person.request import Asked
from bot.sandbox.signals import CALLED_OFF, EVERYTHING

_SETTINGS = {field.name: field.type for field in fields(Settings)}


def _time(asked: Asked) -> JsonObject:
    return {"now": asked.world.clock.now().isoformat()}


async def clock(asked: Asked) -> JsonObject:
    """Tell the simulated time."""
    return _time(asked)


async def move_clock(asked: Asked) -> JsonObject:
    """Set the simulated time (`now`) or move it (`advance`: 1h, 1d, 7d)."""
    given = asked.body
    if ("now" in given) == ("advance" in given):
        raise Impossible(400, "the clock needs either now or advance")
    if "now" in given:
        asked.world.clock.set(parsed_time(asked.text("now")))
    else:
        asked.world.clock.advance(parsed_step(asked.text("advance")))
    asked.world.next_cursor()
    asked.world.signals.tell(EVERYTHING)
    return _time(asked)


async def limits(asked: Asked) -> JsonObject:
    """Tell the limits in force."""
    settings = asked.world.limits.settings
    return {**asdict(settings), "callback_seconds": asked.world.callback_life_s}


async def change_limits(asked: Asked) -> JsonObject:
    """Change or lift the limits; what was counted is forgotten."""
    given = dict(asked.body)
    life_s = given.pop("callback_seconds", None)
    unknown = set(given) - set(_SETTINGS)
    if unknown:
        raise Impossible(400, f"unknown limits {sorted(unknown)}: there are {sorted(_SETTINGS)}")
    for name, value in given.items():
        if name != "enabled" and not (isinstance(value, (int, float)) and value > 0):
            raise Impossible(400, f"{name} must be a positive number")
    if life_s is not None:
        asked.world.callback_life_s = float(life_s)
    asked.world.limits.change(replace(asked.world.limits.settings, **given))
    return await limits(asked)


async def faults(asked: Asked) -> JsonObject:
    """Tell what trouble is still to come."""
    return {"faults": asked.world.faults.shown()}


async def order_fault(asked: Asked) -> JsonObject:
    """Order trouble."""
    asked.world.faults.add(parsed_fault(asked.body))
    return await faults(asked)


async def clear_faults(asked: Asked) -> JsonObject:
    """Call all trouble off; calls that are late go on."""
    asked.world.faults.clear()
    asked.world.signals.tell(CALLED_OFF)
    return await faults(asked)
