"""The bot that is killed before it sends what it has noted as sent."""

import sys

from bot.__main__ import main
from bot.features.outbox import statements
from tests.faults.entries.dies_between import prepare
from tests.faults.entries.sent_before_sending import lease_as_sent

if __name__ == "__main__":
    statements.lease = lease_as_sent
    prepare()
    sys.exit(main())
