"""Writes a migration from what the models say and the last migration does not.

python .ci/revision.py "what changes"
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.db import migrate
from bot.features.models import MODEL_MODULES


def main() -> int:
    """Write the migration and return 0; without a name for it, say so and return 2."""
    name = " ".join(sys.argv[1:]).strip()
    if not name:
        sys.stderr.write('name the change: make revision ARGS="add the place of a post"\n')
        return 2
    if not MODEL_MODULES:
        sys.stderr.write("bot.features.models lists no models\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        migrate.upgrade(url)
        migrate.write_revision(url, name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
