"""Bulletins: what the office says and presses to make 工作简报 (BUL-04)."""

from handlers.bulletins import editing, material
from handlers.bulletins.feature import feature

for conversation in editing.CONVERSATIONS:
    feature.converse(conversation)

__all__ = ["feature", "material"]
