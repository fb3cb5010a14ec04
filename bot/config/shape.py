"""What keys the models allow, for "did you mean"."""

from typing import get_args

from pydantic import BaseModel

from bot.config.yamlfile import KeyPath


def allowed_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Return the keys that the block at `path` below `model` may hold; none where it is free."""
    found: object = model
    for part in path:
        if isinstance(part, str) and isinstance(found, type) and issubclass(found, BaseModel):
            field = found.model_fields.get(part)
            found = None if field is None else field.annotation
        found = _innermost(found)
    if isinstance(found, type) and issubclass(found, BaseModel):
        return list(found.model_fields)
    return []


def _innermost(kind: object) -> object:
    """Return the model in a list, a mapping or an optional of it, or `kind` itself."""
    for inner in get_args(kind):
        found = _innermost(inner)
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
    return kind
