"""The sandbox alone: python -m bot.sandbox --port 8081 --data DIR --token TOKEN."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox.clock import parsed_time
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox


async def _serve(options: argparse.Namespace) -> None:
    sandbox = Sandbox(
        options.token,
        options.data,
        clock_file=options.clock_file,
        clock_start=parsed_time(options.clock_start) if options.clock_start else None,
    )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await sandbox.start(options.port)
    sys.stdout.write(f"{sandbox.url}\n")
    sys.stdout.flush()
    await stop.wait()
    await sandbox.stop()


def main() -> None:
    """Serve until SIGINT or SIGTERM; the address is the first line on standard output."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--data", type=Path, help="keep the state in this folder")
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--clock-file", type=Path, help="write the simulated time here")
    parser.add_argument("--clock-start", help="ISO time with offset, for a new clock file")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
