"""The whole configuration, and the questions that the rest of the bot asks it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import Field, PrivateAttr

from bot.config.campaign import (
    Article,
    Assumption,
    Campaign,
    Carrier,
    DocumentSlot,
    FocusPoint,
    Phase,
    PostDuty,
    PostKind,
    Slogan,
    Source,
    TimeBand,
    Unit,
    VolunteerTeam,
)
from bot.config.entry import Section, Slug
from bot.config.installation import (
    ArchiveSettings,
    BotSettings,
    DigestSettings,
    DraftSettings,
    InvitationSettings,
    LadderPreset,
    LanguageSettings,
    LimitSettings,
    NoticeSettings,
    RehearsalSettings,
    ReminderRule,
    RetentionSettings,
    RushSettings,
    TimeSettings,
)
from bot.config.posts import PostSettings
from bot.config.tasks import (
    ALL_RESPONSIBLE_UNITS,
    CadenceWord,
    Metric,
    Obligation,
    Task,
    TaskSection,
)
from bot.config.webhook import WebhookSettings
from bot.core.errors import NotFound

_Entry = TypeVar("_Entry")


class Config(Section):
    """A checked config.yaml: every name in it leads somewhere, every date is one.

    Lookups by name raise `NotFound` for what is not configured.
    """

    bot: BotSettings = BotSettings()
    time: TimeSettings = TimeSettings()
    languages: LanguageSettings = LanguageSettings()
    reminders: dict[str, ReminderRule] = Field(default_factory=dict)
    ladders: dict[Slug, LadderPreset] = Field(default_factory=dict)
    digest: DigestSettings = DigestSettings()
    notices: NoticeSettings = NoticeSettings()
    limits: LimitSettings = LimitSettings()
    rush: RushSettings = RushSettings()
    drafts: DraftSettings = DraftSettings()
    rehearsal: RehearsalSettings = RehearsalSettings()
    posts: PostSettings = PostSettings()
    invitations: InvitationSettings = InvitationSettings()
    retention: RetentionSettings = RetentionSettings()
    archive: ArchiveSettings = ArchiveSettings()
    webhook: WebhookSettings = WebhookSettings()

    source: Source
    campaign: Campaign
    phases: tuple[Phase, ...]
    sections: tuple[TaskSection, ...]
    focus: tuple[FocusPoint, ...] = ()
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    obligations: tuple[Obligation, ...]
    documents: tuple[DocumentSlot, ...] = ()
    cadence_words: tuple[CadenceWord, ...] = ()
    post_kinds: tuple[PostKind, ...]
    post_duties: tuple[PostDuty, ...] = ()
    time_bands: tuple[TimeBand, ...] = ()
    volunteer_teams: tuple[VolunteerTeam, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    metrics: tuple[Metric, ...]
    slogans: tuple[Slogan, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    _path: Path | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path | None:
        """The file it was read from; None when it was built from data."""
        return self._path

    def remember_path(self, path: Path) -> None:
        """Keep the file's `path`, which relative settings are relative to."""
        self._path = path

    def unit(self, slug: str) -> Unit:
        """Return the unit named `slug`."""
        return _found(self._units, "unit", slug)

    def task(self, task_id: str) -> Task:
        """Return the task with `task_id`, such as C2."""
        return _found(self._tasks, "task", task_id)

    def section(self, section_id: str) -> TaskSection:
        """Return the section of tasks with `section_id`, such as C."""
        return _found({one.id: one for one in self.sections}, "section", section_id)

    def metric(self, slug: str) -> Metric:
        """Return the metric named `slug`."""
        return _found(self._metrics, "metric", slug)

    def obligation(self, obligation_id: str) -> Obligation:
        """Return the obligation with `obligation_id`, such as O1."""
        return _found({one.id: one for one in self.obligations}, "obligation", obligation_id)

    def document(self, slot_id: str) -> DocumentSlot:
        """Return the slot of a document with `slot_id`."""
        return _found({one.id: one for one in self.documents}, "document", slot_id)

    def post_kind(self, slug: str) -> PostKind:
        """Return the kind of post named `slug`."""
        return _found({one.slug: one for one in self.post_kinds}, "post_kind", slug)

    def post_duty(self, slug: str) -> PostDuty:
        """Return the duty named `slug`."""
        return _found({one.slug: one for one in self.post_duties}, "post_duty", slug)

    def cadence_word(self, word: str) -> CadenceWord:
        """Return what we set for `word`."""
        return _found({one.word: one for one in self.cadence_words}, "cadence_word", word)

    def phase_on(self, day: date) -> Phase | None:
        """Return the phase that `day` is in; None before the first, after the last, between."""
        return next((phase for phase in self.phases if phase.holds(day)), None)

    def article_of(self, line: int) -> Article | None:
        """Return the article of the source document that `line` is in; None outside of it."""
        articles = self.source.articles
        return next((one for one in articles if one.first_line <= line <= one.last_line), None)

    def groups_of_unit(self, slug: str) -> tuple[Unit, ...]:
        """Return the groups that list `slug` as a member."""
        return tuple(unit for unit in self.units if slug in unit.members)

    def tasks_of_unit(self, slug: str, *, groups: Iterable[str] = ()) -> tuple[Task, ...]:
        """Return the tasks that the unit answers for, itself or as a member of a group.

        `groups` are slugs of groups that the unit has joined outside of the file; a unit that only
        the database knows has no others.
        """
        names = {slug, *groups, *(group.slug for group in self.groups_of_unit(slug))}
        return tuple(task for task in self.tasks if names & set(task.responsible))

    def metrics_of_task(self, task_id: str) -> tuple[Metric, ...]:
        """Return the metrics that reports on the task usually hold, each once, in order."""
        linked = (slug for one in self.task(task_id).indicators for slug in one.metrics)
        return tuple(self.metric(slug) for slug in dict.fromkeys(linked))

    @cached_property
    def all_responsible_units(self) -> tuple[Unit, ...]:
        """The units that hold a task, themselves or in a group; groups count as themselves."""
        return tuple(unit for unit in self.units if self.tasks_of_unit(unit.slug))

    def units_owing(self, obligation_id: str) -> tuple[Unit, ...]:
        """Return the units that owe the obligation, in the file's order."""
        who = set(self.obligation(obligation_id).who)
        if ALL_RESPONSIBLE_UNITS in who:
            who |= {unit.slug for unit in self.all_responsible_units}
        return tuple(unit for unit in self.units if unit.slug in who)

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {unit.slug: unit for unit in self.units}

    @cached_property
    def _tasks(self) -> Mapping[str, Task]:
        return {task.id: task for task in self.tasks}

    @cached_property
    def _metrics(self) -> Mapping[str, Metric]:
        return {metric.slug: metric for metric in self.metrics}


def _found(entries: Mapping[str, _Entry], kind: str, name: str) -> _Entry:
    entry = entries.get(name)
    if entry is None:
        raise NotFound(kind=kind, name=name)
    return entry
