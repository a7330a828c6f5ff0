# Reminders, and forgetting a person.

clock-hours-name = { $minute ->
    [0] { WORDS($hour) }
    [1] { WORDS($hour) } oh one
    [2] { WORDS($hour) } oh two
    [3] { WORDS($hour) } oh three
    [4] { WORDS($hour) } oh four
    [5] { WORDS($hour) } oh five
    [6] { WORDS($hour) } oh six
    [7] { WORDS($hour) } oh seven
    [8] { WORDS($hour) } oh eight
    [9] { WORDS($hour) } oh nine
   *[other] { WORDS($hour) } { WORDS($minute) }
}
clock-name = { $part ->
    [noon] noon
    [midnight] midnight
    [afternoon] { clock-hours-name } in the afternoon
    [evening] { clock-hours-name } in the evening
   *[morning] { clock-hours-name } in the morning
}
reminder-text = It's time for your back stretches. Say: open back coach.
ask-reminder-time = At what time shall I remind you? Say, for example: remind me at eight in the morning.
    .reprompt = Say, for example: remind me at eight in the morning. Or say: stop.
ask-remind = Shall I remind you every day at { $time }?
    .reprompt = Say yes for a daily reminder at { $time }, or no to leave it.
reminder-set = Done. I'll remind you every day at { $time }.
reminders-set = I remind you every day at { $times }.
reminders-full = I remind you every day at { $times }, and that's as often as I can. To change it, first say: stop reminding me.
reminders-cancelled = Done. I won't remind you any more.
no-reminders-set = I haven't set any reminders for you.
reminder-not-permitted = Then I won't set a reminder. You can allow it at any time in the Alexa app, under this skill's permissions.
reminder-too-many = This device can't keep any more reminders. You can delete some in the Alexa app first.
reminder-kept-out = I'm not allowed to touch your reminders any more. You can delete them in the Alexa app.
reminder-not-here = I can't set reminders on this device.
reminder-busy = Alexa can't reach the reminders just now. Please try again in a while.
reminder-failed = That reminder couldn't be set. You can ask Alexa herself to remind you.
after-the-stretch = Let's do that after the stretch.
ask-forget = Shall I erase everything I remember about you here?
    .reprompt = Say yes to erase it all, or no to keep it.
forgotten = Done. I've erased everything I remembered about you. Take care.
reminders-left = Your reminders I couldn't cancel. Please delete them in the Alexa app.
not-forgotten = All right, I'll keep it.
