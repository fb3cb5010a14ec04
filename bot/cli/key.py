"""`key`: the public half of the key that signs certificates, for everybody who verifies one."""

import argparse
import sys
from importlib import resources
from pathlib import Path

from bot.cli.options import settings_of
from bot.cli.say import say
from bot.features.certificates.key import fingerprint, own_key, public_text

_EMPTY = 'id="key" value=""'
_PAGE = "verify.html"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--page", type=Path, default=None, metavar="PATH")


def main(options: argparse.Namespace) -> int:
    """Say the public key, and write the page that verifies with it where asked."""
    settings = settings_of(options)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    public = own_key(settings.data_dir).public_key()
    text = public_text(public)
    say(sys.stdout, "cli.key_public", public=text)
    say(sys.stdout, "cli.key_hex", public=public.public_bytes_raw().hex())
    say(sys.stdout, "cli.key_fingerprint", fingerprint=fingerprint(public))
    if options.page is not None:
        options.page.write_text(page_with(text), encoding="utf-8")
        say(sys.stdout, "cli.key_page", file=options.page)
    return 0


def page_with(public: str) -> str:
    """Return the page that verifies certificates offline, with a public key in it."""
    page = resources.files(__package__).joinpath(_PAGE).read_text(encoding="utf-8")
    return page.replace(_EMPTY, f'id="key" value="{public}"')
