# Guidance of any exercise: postures, rounds, holds, a routine, and what is said in the middle of one.
# The sentences of one exercise are in the file with its id.

## Postures

lying-name = on your back
hands-and-knees-name = on hands and knees
seated-name = on a chair
posture-lying = Lie down on your back, and make yourself comfortable.
    .brief = On your back.
    .stay = Stay on your back.
posture-hands-and-knees = Come onto your hands and knees, slowly.
    .brief = Onto your hands and knees.
    .stay = Stay on your hands and knees.
    .from-lying = Roll onto your side, push yourself up slowly, and come onto your hands and knees.
posture-seated = Sit upright on a chair without arms, with both feet on the floor.
    .brief = Onto a chair without arms.
    .stay = Stay on your chair.
    .from-hands-and-knees = Set one foot in front of you, come up slowly, and sit on a chair without arms, with both feet on the floor.
    .from-lying = Roll onto your side, come up slowly, and sit on a chair without arms, with both feet on the floor.

## Beginning

title-dose = { $rounds ->
    [1] { $exercise }: one round
   *[other] { $exercise }: { WORDS($rounds) } rounds
}{ $sided ->
    [yes] , both sides
   *[no] {""}
}, { $minutes ->
    [0] less than a minute in all.
    [1] about a minute in all.
   *[other] about { WORDS($minutes) } minutes in all.
}
    .brief = { $rounds ->
    [1] { $exercise }, one round.
   *[other] { $exercise }, { WORDS($rounds) } rounds.
}
pause-whenever = Say “Alexa, pause” or “that hurts” any time.
most-in-a-session = { $most ->
    [1] I'll make it one: that's all that is left for today.
   *[other] I'll make it { WORDS($most) }: that's the most I guide for { $exercise } now.
}
usual-rounds = { WORDS($usual) } rounds of { $exercise } are right for now, and more come with time.
ask-so-many = Do you still want to do { WORDS($rounds) }?
    .reprompt = Say yes for { WORDS($rounds) } rounds, or no to leave it.
ceiling-reached = You've done { WORDS($most) } rounds of { $exercise } today, and that's the most for one day. Tomorrow is soon enough.
next-up = Next, { $exercise }.
    .or-1 = Now { $exercise }.

## Rounds

round-first = Round one.
round = Round { WORDS($round) }.
    .or-1 = And round { WORDS($round) }.
round-last = Round { WORDS($round) }, the last one.
    .or-1 = And the last one, round { WORDS($round) }.
only-round = Here we go.
round-again = Round { WORDS($round) } again{ $side ->
    [none] .
   *[other] , from the { $side } side.
}
hold = And hold, for { WORDS($seconds) } seconds.
    .brief = And hold.
hold-breaths = And hold, for { WORDS($breaths) } slow breaths.
    .brief = And hold, for { WORDS($breaths) } breaths.
count = Slowly, over { WORDS($seconds) } seconds.
    .brief = Slowly.
halfway = Halfway.

## Between and after

rest = And rest.
    .or-1 = And rest there.
step-done = That's { $exercise }.
    .or-1 = That was { $exercise }.
done = That's { $exercise } done, { $count ->
    [1] once
    [2] twice
   *[other] { WORDS($count) } times
} today{ $reached ->
    [yes] . Well done, that's enough of it for today.
    [over] , and that's more than enough. Too often can do harm.
   *[no] ; { $goal ->
        [1] once
        [2] twice
       *[other] { WORDS($goal) } times
    } is the goal.
}
routine-done = And that's the routine done. Well done.
get-up-slowly = When you get up, take your time.
ask-next = Shall we do { $exercise } next?
    .reprompt = Say yes to go on with { $exercise }, or no to stop here.
ask-go-on = Take as long as you need. Say “ready” when you want to go on.
    .reprompt = Say “ready” to go on with the next round. Or say “stop”.
ask-go-on-next = Next comes { $exercise }, { $posture }. Say “ready” when you want to go on.
    .reprompt = Say “ready” to go on with { $exercise }. Or say “stop”.

## A routine

routine = { $count ->
    [1] One stretch: { $exercises }. { $minutes ->
        [0] It takes less than a minute.
        [1] It takes about a minute.
       *[other] It takes about { WORDS($minutes) } minutes.
    }
   *[other] { WORDS($count) } stretches: { $exercises }. { $minutes ->
        [0] Less than a minute in all.
        [1] About a minute in all.
       *[other] About { WORDS($minutes) } minutes in all.
    }
}
routine-too-short = The shortest stretch takes about { $minutes ->
    [0] a minute
    [1] a minute
   *[other] { WORDS($minutes) } minutes
}, so let's do just that one.
ask-begin = Shall we begin?
    .reprompt = Say yes to begin, or no to leave it.

## In the middle

paused = { $side ->
    [none] Paused at round { WORDS($round) }. Relax.
   *[other] Paused at round { WORDS($round) }, { $side } side. Relax.
}
if-it-hurts = If it hurt, say: that hurts.
paused-before = Paused before the first round. Relax.
resume-by-name = Say “Alexa, resume” when you're ready.
ask-resume = Say “resume” when you're ready, or “stop” to finish.
    .reprompt = I'm still here. Say “resume” to go on, or “stop” to finish.
pace-slower = Slower, then.
pace-faster = A little faster, then.
pace-normal = At the normal pace, then.
pace-noted = I'll go { $pace ->
    [slower] more slowly
    [faster] a little faster
   *[normal] at the normal pace
}.
left-here = { $side ->
    [none] You're in round { WORDS($round) } of { WORDS($rounds) } of { $exercise }.
   *[other] You're in round { WORDS($round) } of { WORDS($rounds) } of { $exercise }, on your { $side } side.
}
left-before = You're about to begin { $exercise }.
left-time = { $minutes ->
    [0] There's less than a minute to go.
    [1] There's about a minute to go.
   *[other] There are about { WORDS($minutes) } minutes to go.
}
takes-time = { $minutes ->
    [0] It takes less than a minute.
    [1] It takes about a minute.
   *[other] It takes about { WORDS($minutes) } minutes.
}
nothing-under-way = There's no stretch under way just now.
nothing-before = This is the first one, so from the start.
nothing-after = That was the last one.
again-from-start = { $exercise } again, from the first round.
skipping = Leaving { $exercise } there.
    .or-1 = Skipping { $exercise }.
back-to = Back to { $exercise }.
stopping = Stopping there. Ease out of the position, and rest a moment before you get up. Bye for now.
goodbye = Take care. Bye for now.
    .or-1 = Bye for now. Take care of your back.
left-it = All right, we'll leave it there.
    .or-1 = That's fine. We'll leave it.
