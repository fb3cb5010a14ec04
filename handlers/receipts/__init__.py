"""What comes back from a notice: 收到, who has not, replies, the report (BUL-02)."""

from handlers.receipts import collecting, replying, reporting
from handlers.receipts.feature import feature

__all__ = ["collecting", "feature", "replying", "reporting"]
