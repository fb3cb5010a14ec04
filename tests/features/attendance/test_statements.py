"""The list and what hours are made of take one statement, however many came (speed)."""

from sqlalchemy import event

from bot.features.attendance.service import Mark
from tests.features.attendance.gate import Gate


def statements(gate: Gate) -> int:
    """Return how many statements the list and the presences take."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engines = (gate.scene.store.engine, gate.scene.store._reads_on)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    gate.roll()
    gate.presences()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    return sum(statement.lstrip().startswith("SELECT") for statement in seen)


def test_the_list_takes_as_many_statements_for_nine_as_for_one(sqlite_gate: Gate) -> None:
    gate = sqlite_gate
    gate.mark(gate.people(1)[0], Mark.here)
    few = statements(gate)
    for person in gate.people(8):
        gate.mark(person, Mark.here)
    assert len(gate.presences()) == 9
    assert statements(gate) == few
