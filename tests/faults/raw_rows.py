"""What stands in no update at all."""


def raw_rows() -> list[str]:
    """Return what stands in no update at all, for rows of the inbox."""
    return [
        "",
        " ",
        "null",
        "[]",
        "0",
        '"text"',
        "{",
        "{}",
        '{"update_id": 1}',
        '{"update_id": "x", "message": []}',
        "[" * 100_000,
        '{"message": ' * 5_000 + "1" + "}" * 5_000,
        '{"update_id": 1, "message": {"text": "' + "x" * 3_000_000 + '"}}',
        '{"update_id": 1, "message": "\\ud800"}',
        '{"update_id": NaN, "callback_query": Infinity}',
        "\\u0000",
    ]
