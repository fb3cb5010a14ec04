"""What docs/deploy tells others to start, started as it is written, in a folder of its own.

The places that the examples name are put under `root`; everything else is taken word by word.
"""

import asyncio
import contextlib
import os
import re
import shlex
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.architecture.source import ROOT
from tests.support.bot import TOKEN
from tests.support.waiting import until

PROJECT, ETC, DATA = "/opt/wenming-bot", "/etc/wenming-bot", "/var/lib/wenming-bot"
PACKAGES = "/opt/packages"
_PLACES = re.compile(f"{PROJECT}|{ETC}|{DATA}|{PACKAGES}")
_READY = "the bot answers"
_MODE = 0o700

Unit = Mapping[str, list[str]]
"""The lines of a unit by their name: some names come several times."""


def unit_of(text: str, *, instance: str = "") -> Unit:
    """Return what stands in a systemd unit, with `%i` filled in."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for line in text.replace("%i", instance).splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            lines[name].append(value)
    return lines


@dataclass
class Started:
    """A process that runs; `log` is all that it wrote."""

    process: Process
    log: list[str] = field(default_factory=list)
    _reader: asyncio.Task[None] | None = None

    async def comes_up(self) -> None:
        """Wait until the bot answers. Raises AssertionError when it ends instead."""
        self._reader = asyncio.create_task(self._read())

        async def decided() -> bool:
            assert self._reader is not None
            return self.answers or self._reader.done()

        await until(decided)
        assert self.answers, "\n".join(self.log[-20:])

    @property
    def answers(self) -> bool:
        """Whether the bot said that it answers."""
        return any(line.endswith(_READY) for line in self.log)

    async def stops(self, *, within_s: float) -> int:
        """Ask it to stop as systemd and Docker do, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(within_s):
            status = await self.process.wait()
        await self.read()
        return status

    async def read(self) -> None:
        """Read what it wrote to the end."""
        assert self._reader is not None
        await self._reader

    def end(self) -> None:
        """Kill what is left of it and of its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.log.append(line.decode("utf-8", "replace").rstrip("\n"))


@dataclass(frozen=True)
class Machine:
    """A machine with the project, its token and its data under `root`."""

    root: Path

    def prepare(self, environment: Mapping[str, str]) -> None:
        """Put everything in place as the heads of the units say; `environment` is their file."""
        project = self.path(PROJECT)
        for folder in (project, self.path(ETC), self.path(PACKAGES)):
            folder.mkdir(parents=True)
        for name in ("bot", "handlers", "jobs", "config.yaml", "requirements.lock"):
            (project / name).symlink_to(ROOT / name)
        (project / ".venv").symlink_to(sys.prefix)
        token = self.path(ETC) / "token"
        token.touch(mode=0o600)
        token.write_text(f"{TOKEN}\n")
        lines = "".join(f"{name}={value}\n" for name, value in environment.items())
        (self.path(ETC) / "environment").write_text(lines)

    def path(self, place: str) -> Path:
        """Return where a place of the examples is here."""
        return self.root / place.lstrip("/")

    def here(self, text: str) -> str:
        """Return a text of the examples with its places here."""
        return _PLACES.sub(lambda found: str(self.path(found[0])), text)

    @asynccontextmanager
    async def service(self, unit: Unit) -> AsyncIterator[Started]:
        """Start what a unit starts, with its environment alone, and wait until it answers."""
        [state], [umask] = unit["StateDirectory"], unit["UMask"]
        self.path(f"/var/lib/{state}").mkdir(parents=True, exist_ok=True, mode=_MODE)
        environment = {"PATH": os.defpath, "USER": unit["User"][0]}
        for line in unit["Environment"]:
            name, _, value = self.here(line).partition("=")
            environment[name] = value
        for file in unit["EnvironmentFile"]:
            environment |= _written(Path(self.here(file.removeprefix("-"))))
        [command], [folder] = unit["ExecStart"], unit["WorkingDirectory"]
        async with started(
            shlex.split(self.here(command)), self.here(folder), environment, umask=int(umask, 8)
        ) as service:
            yield service

    async def reload(self, unit: Unit, service: Started) -> None:
        """Do what `systemctl reload` does."""
        [command] = unit["ExecReload"]
        words = shlex.split(command.replace("$MAINPID", str(service.process.pid)))
        assert await (await asyncio.create_subprocess_exec(*words)).wait() == 0

    @asynccontextmanager
    async def container(
        self, service: Mapping[str, Any], environment: Mapping[str, str]
    ) -> AsyncIterator[Started]:
        """Start what a service of the compose file starts, and wait until it answers.

        The image's Python is the one that runs the tests: it makes environments that have
        everything already, and their pip checks that there is a list of what to install.
        """
        folder = self.here(service["working_dir"])
        words = [self.here(word.replace("$$", "$")) for word in service["command"]]
        known = {"PATH": f"{self._image()}:{os.defpath}", "HOSTNAME": service["hostname"]}
        async with started(words, folder, {**known, **environment}, umask=0o022) as container:
            yield container

    async def checks(self, test: list[str]) -> int:
        """Return the exit status of a container's health check."""
        assert test[0] == "CMD"
        environment = {"PATH": f"{self._image()}:{os.defpath}"}
        check = await asyncio.create_subprocess_exec(*test[1:], env=environment, stderr=DEVNULL)
        return await check.wait()

    def _image(self) -> Path:
        folder = self.root / "image"
        folder.mkdir(exist_ok=True)
        _script(folder / "pip", 'shift; while [ "$1" != -r ]; do shift; done; test -f "$2"')
        made = f'mkdir -p "$3/bin" && cp "{folder}/pip" "{folder}/python" "$3/bin/"'
        _script(folder / "python", f'[ "$2" = venv ] && {{ {made}; exit; }}\n{_PYTHON}')
        return folder


_PYTHON = f'exec "{sys.executable}" "$@"'


def _written(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines())


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(_MODE)


@asynccontextmanager
async def started(
    words: list[str], folder: str, environment: Mapping[str, str], *, umask: int
) -> AsyncIterator[Started]:
    """Start a program and wait until the bot answers; nothing of it is left afterwards."""
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env=environment,
        umask=umask,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )
    service = Started(process)
    try:
        await service.comes_up()
        yield service
    finally:
        service.end()
        await process.wait()
        await service.read()


async def healthy(port: str) -> bool:
    """Tell whether the bot at `port` says that it is well."""
    try:
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as answer,
        ):
            return answer.ok
    except ClientError:
        return False
