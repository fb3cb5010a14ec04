"""Which address is answered by what."""

from functools import partial
from pathlib import Path

from aiohttp import web

from bot.sandbox.botapi import BotSide
from bot.sandbox.files import MOST_UPLOAD_BYTES
from bot.sandbox.person import control, look, people, press, say
from bot.sandbox.person.request import Answer, served
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
_FORM_OVERHEAD_BYTES = 2 * 1024 * 1024

_PERSON: tuple[tuple[str, str, Answer], ...] = (
    ("POST", "/sim/people", people.add_person),
    ("GET", "/sim/people", people.list_people),
    ("POST", "/sim/groups", people.add_group),
    ("POST", "/sim/groups/{id}/migrate", people.migrate),
    ("POST", "/sim/people/{id}/text", say.say),
    ("POST", "/sim/people/{id}/press", press.press),
    ("POST", "/sim/people/{id}/photo", say.photo),
    ("POST", "/sim/people/{id}/document", say.document),
    ("POST", "/sim/people/{id}/location", say.location),
    ("POST", "/sim/people/{id}/contact", say.contact),
    ("POST", "/sim/people/{id}/edit", say.edit),
    ("POST", "/sim/people/{id}/update", say.update),
    ("POST", "/sim/people/{id}/block", people.block),
    ("POST", "/sim/people/{id}/unblock", people.unblock),
    ("GET", "/sim/people/{id}/messages", look.messages),
    ("POST", "/sim/raw", say.raw),
    ("GET", "/sim/events", look.events),
    ("GET", "/sim/commands", look.commands),
    ("GET", "/sim/calls", look.calls),
    ("GET", "/sim/clock", control.clock),
    ("POST", "/sim/clock", control.move_clock),
    ("GET", "/sim/limits", control.limits),
    ("POST", "/sim/limits", control.change_limits),
    ("GET", "/sim/faults", control.faults),
    ("POST", "/sim/faults", control.order_fault),
    ("DELETE", "/sim/faults", control.clear_faults),
)


def application(world: World) -> web.Application:
    """Return the web application that serves `world` to the bot, the people and the page."""
    app = web.Application(client_max_size=MOST_UPLOAD_BYTES + _FORM_OVERHEAD_BYTES)
    bot_side = BotSide(world)
    for method in ("GET", "POST"):
        app.router.add_route(method, "/bot{token}/{method}", bot_side.call)
    app.router.add_get("/file/bot{token}/{path:.+}", bot_side.download)
    for method, address, answer in _PERSON:
        app.router.add_route(method, address, served(world, answer))
    app.router.add_get("/sim/file/{file_id}", partial(look.file, world))
    app.router.add_get("/", _index)
    if PAGE.is_dir():
        app.router.add_static("/page", PAGE)
    return app


async def _index(_request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        raise web.HTTPNotFound(text="the chat page is not installed")
    return web.FileResponse(index, headers={"Cache-Control": "no-cache"})
