"""Who may press what of posts."""

from bot.chat.cards.posts import buttons as posts
from bot.chat.cards.posts import calendarfile, leadtime, reminder
from tests.security.circles import ALL, IN_CHARGE, OFFICE, REGISTERED, May

POST_PRESSES: dict[type, May] = {
    posts.PostsOn: May(ALL, lambda _: posts.PostsOn(None, 1)),
    posts.PostsCalendar: May(ALL, lambda _: posts.PostsCalendar("m.2024-06")),
    posts.PostPlaces: May(ALL, lambda _: posts.PostPlaces(1)),
    posts.PostsAt: May(ALL, lambda things: posts.PostsAt(things.own_post, 1)),
    posts.ShowPost: May(ALL, lambda things: posts.ShowPost(things.own_post)),
    posts.OtherPosts: May(ALL, lambda things: posts.OtherPosts(things.own_post)),
    posts.SignUp: May(ALL, lambda things: posts.SignUp(things.own_post)),
    posts.TakeThis: May(
        REGISTERED, lambda things: posts.TakeThis(things.own_post, things.volunteer, 1)
    ),
    posts.DeclineThis: May(
        REGISTERED, lambda things: posts.DeclineThis(things.own_post, things.volunteer, 1)
    ),
    posts.TakeOffer: May(
        REGISTERED, lambda things: posts.TakeOffer(things.own_post, things.volunteer)
    ),
    posts.DeclineOffer: May(
        REGISTERED, lambda things: posts.DeclineOffer(things.own_post, things.volunteer)
    ),
    posts.WhyThisTurn: May(REGISTERED, lambda things: posts.WhyThisTurn(things.own_post)),
    posts.SignUpMoved: May(ALL, lambda things: posts.SignUpMoved(things.own_post, 0)),
    posts.ShortPosts: May(OFFICE, lambda _: posts.ShortPosts(1)),
    posts.Leave: May(ALL, lambda things: posts.Leave(things.own_post)),
    posts.Swap: May(REGISTERED, lambda things: posts.Swap(things.other_post, things.own_post)),
    posts.CannotCome: May(REGISTERED, lambda things: posts.CannotCome(things.own_post)),
    posts.MyPosts: May(ALL, lambda _: posts.MyPosts(1)),
    posts.MyPastPosts: May(ALL, lambda _: posts.MyPastPosts(1)),
    posts.Roster: May(IN_CHARGE, lambda things: posts.Roster(things.own_post, 1)),
    posts.RemovePerson: May(
        IN_CHARGE,
        lambda things: posts.RemovePerson(things.own_post, things.volunteer, sure=True),
    ),
    reminder.Sure: May(REGISTERED, lambda things: reminder.Sure(things.own_post, None)),
    calendarfile.AddToCalendar: May(
        REGISTERED, lambda things: calendarfile.AddToCalendar(things.own_post)
    ),
    calendarfile.ShowPlace: May(ALL, lambda things: calendarfile.ShowPlace(things.own_post)),
    leadtime.LeadTime: May(REGISTERED, lambda _: leadtime.LeadTime()),
    leadtime.SetLeadTime: May(REGISTERED, lambda _: leadtime.SetLeadTime(30)),
    posts.LowerPlaces: May(
        OFFICE, lambda things: posts.LowerPlaces(things.own_post, 1, posts.Lowering.keep, 0)
    ),
    posts.CancelPost: May(OFFICE, lambda things: posts.CancelPost(things.own_post, sure=True)),
}
