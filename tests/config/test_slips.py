"""Each kind of slip in config.yaml is named with its code, key and line (SYS-02)."""

import pytest

from tests.config.slips import changed, line_of, problems_of

# what is written, what is written instead, the code, the key, what stands in the named line
SLIPS = [
    # unknown and missing keys
    ("  zone: Asia", "  zonne: Asia", "unknown_key_near", "time.zonne", "zonne"),
    ("  city: 宿迁", "  colour: red", "unknown_key", "campaign.colour", "colour"),
    ("    title: 公交和汽车宣传\n", "", "missing_key", "tasks.B2.title", "- id: B2"),
    ("limits:  ", "limit:  ", "unknown_key_near", "limit", "limit:  "),
    # names that lead nowhere
    (
        "responsible: [kexie, keji]",
        "responsible: [kexi, keji]",
        "unknown_reference_near",
        "tasks.C2.responsible[0]",
        "[kexi, keji]",
    ),
    (
        "task: B5, duties: [zhishi]",
        "task: Z9, duties: [zhishi]",
        "unknown_reference",
        "post_kinds.shimin-jiangtang.task",
        "task: Z9",
    ),
    (
        "metrics: [pledges_signed]",
        "metrics: [pledges_sined]",
        "unknown_reference_near",
        "tasks.B5.indicators.B5.2.metrics[0]",
        "pledges_sined",
    ),
    ("  O2:  ", "  O99:  ", "unknown_reference_near", "reminders.O99", "O99:  "),
    (
        "who: [chuangjianban]",
        "who: [qwertz]",
        "unknown_reference",
        "obligations.O3.who[0]",
        "qwertz",
    ),
    ("coordinator: wenmingban", "coordinator: qwertz", "unknown_reference", "campaign.coordinator", "qwertz"),
    ("word: 常态化}", "word: 天天}", "unknown_reference", "tasks.D3.cadence.天天.word", "word: 天天}"),
    ("where: phases.P2.start", "where: phases.P9", "unknown_place", "assumptions.long-term-start.where", "phases.P9"),
    ("members: []", "members: [zhujia]", "unknown_reference_near", "units.xiangzhen-jiedao.members[0]", "[zhujia]"),
    # names given twice
    ("{slug: keji,", "{slug: kexie,", "duplicate_name", "units.kexie.slug", "name: 区科技局"),
    ("name: 区科技局", "name: 区科协", "duplicate_name", "units.keji.name", "{slug: keji,"),
    ("- id: C3\n", "- id: C2\n", "duplicate_name", "tasks.C2.id", "- id: C2\n    section: C\n    title: “文化"),
    ("slug: trainees,", "slug: labour,", "duplicate_name", "metrics.labour.slug", "{slug: labour, name: 出动人力"),
    ("id: B2.1", "id: B1.2", "duplicate_name", "tasks.B2.indicators.B1.2.id", "id: B1.2\n        name: 车辆"),
    ("  burst: 2 ", "  burst: 3\n  burst: 2 ", "duplicate_key", "limits.burst", "burst: 2 "),
    # dates, times, zones
    ("end: 2024-09-20", "end: 2024-09-31", "bad_date", "phases.P1.end", "2024-09-31"),
    ("end: 2024-09-20", "end: 20240920", "bad_date", "phases.P1.end", "20240920"),
    ("end: 2024-09-20", "end: 2024年9月20日", "bad_date", "phases.P1.end", "2024年9月20日"),
    ("end: 2024-09-20", "end: 2024-06-09", "end_before_start", "phases.P1.end", "2024-06-09"),
    ("start: 2024-09-21", "start: 2024-09-20", "phases_overlap", "phases.P2.start", "start: 2024-09-20"),
    ("zone: Asia/Shanghai", "zone: Asia/Peking", "bad_zone", "time.zone", "Asia/Peking"),
    ("zone: Asia/Shanghai", "zone: ../passwd", "bad_zone", "time.zone", "../passwd"),
    ('reminder_hour: "09:00"', 'reminder_hour: "9点"', "bad_time", "time.reminder_hour", "9点"),
    ('start: "22:00"', 'start: "24:00"', "bad_time", "time.quiet_hours.start", "24:00"),
    ("weekday: monday", "weekday: mon", "not_one_of", "digest.weekday", "weekday: mon"),
    ("weekday: monday", "weekday: 1", "not_one_of", "digest.weekday", "weekday: 1"),
    ("due_day: last", "due_day: 32", "bad_due_day", "obligations.O2.due_day", "due_day: 32"),
    ("due_day: last", "due_day: 02-30", "bad_due_day", "obligations.O2.due_day", "due_day: 02-30"),
    ("due_day: last", "due_day: end+0", "bad_due_day", "obligations.O2.due_day", "due_day: end+0"),
    ("due_day: last", "due_day: friday", "due_day_of_other", "obligations.O2.due_day", "due_day: friday"),
    ("frequency: monthly\n    due_day", "frequency: quarterly\n    form: information\n    due_day", "information_not_monthly", "obligations.O2.form", "form: information"),
    ("frequency: once\n    due: 2024-06-10    ", "frequency: yearly\n    due: 2024-06-10    ", "due_of_other", "obligations.O1.due", "due: 2024-06-10    "),
    ('first_month: "2024-06"', 'first_month: "2024-13"', "bad_month", "obligations.O3.first_month", "2024-13"),
    ("[T-7, T-3, T-1, T-0]", "[T*7, T-3]", "bad_step", "reminders.O1.ladder[0]", "T*7"),
    ("[T-7, T-3, T-1, T-0]", "[T-7, -3]", "bad_step", "reminders.O1.ladder[1]", "-3]"),
    ("[T-7, T-3, T-1, T-0]", "[T-7, T-3, T-3]", "step_twice", "reminders.O1.ladder", "T-3, T-3"),
    ("[T-7, T-3, T-1, T-0]", "[T-3, T-0, T+5]", "step_after_escalation", "reminders.O1.ladder", "T+5"),
    ("[T-7, T-3, T-1, T-0]", "[T-1, T-3]", "steps_not_falling", "reminders.O1.ladder", "[T-1, T-3]"),
    ("    due_day: last ", "    # due_day: last ", "reminder_without_due", "reminders.O2", "O2:  "),
    # numbers and texts
    ("burst: 2 ", "burst: 0 ", "too_small", "limits.burst", "burst: 0"),
    ("burst: 2 ", "burst: two ", "not_whole_number", "limits.burst", "burst: two"),
    ("burst: 2 ", "burst: 2.5 ", "not_whole_number", "limits.burst", "burst: 2.5"),
    ("overall_per_second: 28", "overall_per_second: fast", "not_number", "limits.overall_per_second", "fast"),
    ("chat_per_second: 1", "chat_per_second: 0", "not_above", "limits.chat_per_second", "second: 0"),
    ("at_least_percent: 20", "at_least_percent: 120", "too_large", "obligations.O5.at_least_percent", "120"),
    ("due_inclusive: true    ", "due_inclusive: 1    ", "not_boolean", "obligations.O1.due_inclusive", "inclusive: 1"),
    ("title: 公交和汽车宣传", "title: 2024", "not_text", "tasks.B2.title", "title: 2024"),
    ("title: 公交和汽车宣传", 'title: "  "', "blank", "tasks.B2.title", 'title: "  "'),
    ("responsible: [kexie, keji]", "responsible: kexie", "not_list", "tasks.C2.responsible", "responsible: kexie"),
    ("responsible: [kexie, keji]", "responsible: []", "blank", "tasks.C2.responsible", "responsible: []"),
    ("drafts:  ", "drafts: 5  ", "syntax", "", "offer_after_hours"),
    ("{slug: keji,", "{slug: 科技局,", "bad_name", "units.科技局.slug", "slug: 科技局"),
    ("rollup: sum,", "rollup: average,", "not_one_of", "metrics.materials_distributed.rollup", "average"),
    ("default: zh_CN", "default: fr", "not_one_of", "languages.default", "default: fr"),
    ("available: [zh_CN, en]", "available: [en]", "default_not_available", "languages.default", "default: zh_CN"),
    # sense
    ("kind: office, line", "members: [kexie], line", "members_of_no_group", "units.chuangjianban.members", "members: [kexie]"),
    ("assumed: [who, due_day, to]", "assumed: [due_date]", "assumed_unknown", "obligations.O2.assumed", "[due_date]"),
    # addresses
    ("base_url: https://api", "base_url: api", "bad_url", "bot.base_url", "base_url: api"),
    ("  url: null", "  url: http://bot.example/x", "webhook_not_https", "webhook.url", "http://bot.example"),
    ("  listen: null", "  listen: everywhere", "bad_listen", "webhook.listen", "everywhere"),
    ("  url: null", "  url: https://bot.example/x", "webhook_without_listen", "webhook", "webhook: "),
    ("database_url: null", "database_url: mysql://db/x", "bad_database_url", "bot.database_url", "mysql"),
    ("  proxy: null", "  proxy: 127.0.0.1:7890", "bad_proxy", "bot.proxy", "7890"),
    # what YAML 1.1 reads as something else
    ('start: "22:00"', "start: 22:00", "needs_quotes", "time.quiet_hours.start", "start: 22:00"),
    ("burst: 2 ", "burst: 010 ", "needs_quotes", "limits.burst", "burst: 010"),
    ("due_inclusive: true    ", "due_inclusive: yes    ", "needs_quotes", "obligations.O1.due_inclusive", "inclusive: yes"),
    ("  city: 宿迁", "  no: 宿迁", "needs_quotes", "campaign.no", "no: 宿迁"),
    ("  city: 宿迁", "  on: 宿迁", "needs_quotes", "campaign.on", "on: 宿迁"),
    ("  city: 宿迁", "  12: 宿迁", "needs_quotes", "campaign.12", "12: 宿迁"),
    # what is no YAML, or more of it than we want
    ("  city: 宿迁", "  city：宿迁", "fullwidth_colon", "", "city：宿迁"),
    ("  city: 宿迁", "\tcity: 宿迁", "tab", "", "\tcity"),
    ("  city: 宿迁", "  city: &c 宿迁\n  note: *c", "alias", "campaign.note", "*c"),
    ("  city: 宿迁", '  city: "\\0"', "bad_text", "campaign.city", '"\\0"'),
    ("  city: 宿迁", "  city: 宿\x07迁", "bad_text", "", "\x07"),
    ("  city: 宿迁", "  city: !!python/name:os.system 宿迁", "needs_quotes", "campaign.city", "os.system"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "key", "there"), SLIPS)
def test_a_slip_is_named_with_its_key_and_line(
    old: str, new: str, code: str, key: str, there: str
) -> None:
    text = changed(old, new)
    found = [(one.code, one.key, one.line) for one in problems_of(text)]
    assert (code, key, line_of(text, there)) in found
