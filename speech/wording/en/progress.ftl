# Progress: what was done today and before, and when that is enough.

progress-none = You haven't finished a stretch yet today.
progress-today = { $total ->
    [1] One stretch today: { $exercises }.
   *[other] { WORDS($total) } stretches today: { $exercises }.
}
streak = That makes { WORDS($days) } days in a row, with a missed day forgiven here and there.
    .or-1 = You're on a streak of { WORDS($days) } days.
progress-nothing-ever = There's nothing to count yet.
progress-week = In the last seven days: { $sessions ->
    [0] no stretch yet.
    [1] one stretch, on one day.
   *[other] { WORDS($sessions) } stretches, on { $days ->
        [1] one day.
       *[other] { WORDS($days) } days.
    }
}
progress-ever = In all, { $sessions ->
    [1] one stretch
   *[other] { WORDS($sessions) } stretches
} on { $days ->
    [1] one day.
   *[other] { WORDS($days) } days. Your longest streak is { WORDS($longest) } { $longest ->
        [1] day.
       *[other] days.
    }
}
ask-more = Would you like to hear the week, too?
    .reprompt = Say yes for the week and the totals, or no for what comes next.
grown-enough = You've done { $exercise } { WORDS($days) } days in a row, with no pain. You may do a little more, if you like.
ask-grow = Shall we make it { WORDS($rounds) } rounds from now on?
    .reprompt = Say yes for { WORDS($rounds) } rounds, or no to keep it as it is.
progress-one-name = { $exercise } { $count ->
    [1] once
    [2] twice
   *[other] { WORDS($count) } times
}
enough-today = You've done { $exercise } { $count ->
    [1] once
    [2] twice
   *[other] { WORDS($count) } times
} today, and that's enough. Too often can do harm.
ask-anyway = Do you still want to go on?
    .reprompt = Say yes to do it once more, or no to leave it for today.
