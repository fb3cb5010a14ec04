"""Posts near a sent location, nearest first; nothing of it is kept (VOL-02)."""

from datetime import timedelta

import pytest

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.places.models import Place
from bot.features.posts.models import Post
from bot.features.posts.nearby import distance_m, posts_near
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot
from tests.support.people import counting

HERE = (33.9600, 118.2800)


async def put(bot: RunningBot, post_id: int, latitude: float, longitude: float) -> None:
    """Let a post be at a place of the register."""

    def write(work: Work) -> None:
        post = work.session.get_one(Post, post_id)
        place = Place(
            name=f"{post.place}{post_id}",
            key=f"{post.place}{post_id}",
            latitude=latitude,
            longitude=longitude,
            created_at=work.now,
        )
        work.session.add(place)
        work.session.flush()
        post.place_id = place.id

    await bot.write(write)


def test_the_distance_of_two_points() -> None:
    assert distance_m(*HERE, *HERE) == 0
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_087, rel=1e-4)
    assert distance_m(31.2304, 121.4737, 39.9042, 116.4074) == pytest.approx(1_067_000, rel=5e-3)
    assert distance_m(0, 179.9, 0, -179.9) == pytest.approx(22_239, rel=1e-3), "over the date line"


async def test_the_nearest_post_comes_first_and_one_tap_signs_up(
    bot: RunningBot, posts: Posts
) -> None:
    far, near = await posts.publish("楚街路口"), await posts.publish("幸福市场")
    later = await posts.publish("下个月", at=SATURDAY + timedelta(days=20))
    unknown = await posts.publish("没有位置")
    await put(bot, far, HERE[0] + 0.018, HERE[1])
    await put(bot, near, HERE[0] + 0.0045, HERE[1])
    await put(bot, later, *HERE)
    del unknown
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await volunteer.press("离我近的")
    await volunteer.expect("发一个位置")
    await volunteer.location(*HERE)
    listed = await volunteer.expect("离您近的在前")
    assert "500 米" in listed.text
    assert "2.0 公里" in listed.text
    assert listed.text.index("幸福市场") < listed.text.index("楚街路口")
    assert "下个月" not in listed.text
    assert "没有位置" not in listed.text
    assert "报②" in labels(listed)
    await volunteer.press("报①")
    await volunteer.expect("报上了：幸福市场")


async def test_a_post_with_roles_is_one_row(bot: RunningBot, posts: Posts) -> None:
    ids = [await posts.publish(capacity=number) for number in (1, 2)]
    await put(bot, ids[0], *HERE)

    def join(work: Work) -> None:
        first, second = (work.session.get_one(Post, one) for one in ids)
        first.role, second.role = "引导", "发放"
        first.group_id = second.group_id = first.id
        second.place_id = first.place_id

    await bot.write(join)
    volunteer = await bot.volunteer()
    await volunteer.location(*HERE)
    listed = await volunteer.expect("离您近的在前")
    assert listed.text.count("楚街路口") == 1
    assert "引导：缺 1 人 · 已报 0/1" in listed.text
    assert "发放：缺 2 人 · 已报 0/2" in listed.text
    assert labels(listed)[:2] == ["选分工①", "看①"]


async def test_a_forwarded_location_only_searches(bot: RunningBot, posts: Posts) -> None:
    await put(bot, await posts.publish(), *HERE)
    volunteer = await bot.volunteer()
    before = await bot.roles_of(volunteer)
    await volunteer.update(
        location={"latitude": HERE[0], "longitude": HERE[1]},
        forward_origin={"type": "hidden_user", "date": 1_717_376_400, "sender_user_name": "x"},
    )
    await volunteer.expect("就在旁边")
    assert await bot.roles_of(volunteer) == before == {Role.volunteer}
    assert await bot.read(lambda view: view.session.get_one(Post, 1).taken) == 0


async def test_where_nothing_is_near_it_says_so(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    volunteer = await bot.volunteer()
    await volunteer.location(*HERE)
    none = await volunteer.expect("附近没有标了位置的宣传点")
    assert labels(none) == ["按日期看", "按地点看", "首页"]


async def test_the_number_of_statements_does_not_grow(bot: RunningBot, posts: Posts) -> None:
    def count(view: View) -> int:
        with counting(view) as statements:
            posts_near(
                view,
                latitude=HERE[0],
                longitude=HERE[1],
                until=SATURDAY + timedelta(days=9),
                reader_id=1,
                most=6,
            )
        return len(statements.texts)

    await put(bot, await posts.publish(), *HERE)
    one = await bot.read(count)
    for _ in range(4):
        await put(bot, await posts.publish(), *HERE)
    assert await bot.read(count) == one == 1
