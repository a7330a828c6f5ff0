# Every sentence that Back Coach says in English.
#
# A message is the sentence for somebody new. `.brief` is for somebody who knows the exercise.
# `.or-1`, `.or-2` are other ways to say the same small thing; one is chosen and kept.
# `ask-…` messages end in a question or say what to say; their `.reprompt` follows a silence.
# WORDS($n) says a number as words. One breath a sentence; body part, side and direction before the movement.

## Names

back-coach-title = Back Coach
knees-to-chest-title = Knees to chest
knees-to-chest-name = knees to chest
lying-rotation-title = Lying rotation
lying-rotation-name = the lying rotation
bridge-title = Bridge
bridge-name = the bridge
pelvic-tilt-title = Pelvic tilt
pelvic-tilt-name = the pelvic tilt
cat-arch-title = Cat arch
cat-arch-name = the cat arch
seated-rotation-title = Seated rotation
seated-rotation-name = the seated rotation
lying-name = on your back
hands-and-knees-name = on hands and knees
seated-name = on a chair

## Opening

educational = This is for education, and is no substitute for medical advice. A stretch should feel good and never hurt, so move slowly, and never force it.
welcome-first = Welcome to Back Coach. I guide { $count ->
    [1] one gentle back stretch
   *[other] { WORDS($count) } gentle back stretches
}, out loud. This is for education, and is no substitute for medical advice. A stretch should feel good and never hurt, so move slowly, and never force it. Before the first stretch, I'll ask a few safety questions.
welcome-back = Welcome back.
    .or-1 = Good to have you back.
    .or-2 = Hello again.
carry-on-from = You were in round { WORDS($round) } of { $exercise }.
fresh-start = Something went wrong with my memory of this talk, so let's start afresh.

ask-first = Would you like a stretch now, or to hear the list?
    .reprompt = Say: start knees to chest. Or say: hear the list.
ask-start-next = Shall we do { $exercise }?
    .reprompt = Say yes to begin. Or say: hear the list.
ask-carry-on = Carry on from there?
    .reprompt = Say yes to carry on from there, or no to leave it.
ask-anything = What would you like to do?
    .reprompt = Say: start my routine. Or say: hear the list. Or say: help.
ask-anything-else = Is there anything else you'd like?
    .reprompt = You can name a stretch, ask me a question, or say: stop.
ask-which = Which one would you like?
    .reprompt = Say, for example: start the bridge. Or say: surprise me.

## The list, and what to do next

list = { $count ->
    [1] There is one.
   *[other] There are { WORDS($count) }.
}
list-posture = { $posture }: { $exercises }.
list-last-posture = And { $posture }: { $exercises }.
suggestion = { $count ->
    [0] { $exercise } is still to do today.
   *[other] { $exercise } is due again today.
}
all-done-today = You've done everything for today, and that's enough.
after-a-stop = Last time it was safer to stop. If a doctor has said that it's all right, name a stretch, and I'll ask the safety questions again.
advice-doubt = If you have a condition, or aren't sure that stretching is right for you, please ask a doctor first.
asked-anew = I'll ask all the safety questions before the next stretch.
unknown-exercise = I don't know that stretch.
unknown-posture = I know stretches { $postures }.
which-exercise = { $count ->
    [1] I can guide you through one.
   *[other] I can guide you through any of the { WORDS($count) }.
}

## What an exercise is, before anybody is cleared to do it

knees-to-chest-about = Knees to chest is done on your back. One knee at a time is drawn toward the chest, to stretch the lower back.
lying-rotation-about = The lying rotation is done on your back. The bent knees go slowly from side to side, while the shoulders stay still.
bridge-about = The bridge is done on your back. The hips are lifted, until shoulders and knees make one straight line.
pelvic-tilt-about = The pelvic tilt is done on your back. The stomach is made firm, and then the back is pressed flat.
cat-arch-about = The cat arch is done on hands and knees. The back is slowly arched up, and then let sink.
seated-rotation-about = The seated rotation is done on a chair. The upper body turns slowly to one side, and then to the other.
about-dose = { $sessions ->
    [1] Once a day is enough for it.
    [2] Twice a day is enough for it.
   *[other] { WORDS($sessions) } times a day is enough for it.
}
steps-after-questions = I'll talk you through each step, once the safety questions are answered.

knees-to-chest-steps = Lie on your back. Draw one knee toward your chest, and take it in both hands. Hold it as close as is comfortable, for five seconds. Let it down slowly. Then the other leg.
lying-rotation-steps = Lie on your back, with your knees bent and your feet flat. Keep your shoulders still. Let your hips roll to one side, until the knee on that side touches the floor, or as far as is comfortable. Hold for ten seconds. Come back slowly. Then the other side.
bridge-steps = Lie on your back, with your knees up and your feet drawn in toward your buttocks. Lift your hips, until shoulders and knees make one straight line. Hold for three slow breaths. Lower slowly.
pelvic-tilt-steps = Lie on your back, with your knees bent and your feet flat. Tighten your stomach, hold for five seconds, and relax. Then press your whole back flat, hold for five seconds, and relax.
cat-arch-steps = Come onto your hands and knees. Slowly arch your back up, with your stomach pulled in. Then let stomach and back sink down. Come back to the start.
seated-rotation-steps = Sit on a chair without arms. Cross your left leg over your right. Set your right elbow on the outside of your left knee. Turn your upper body to the left, and hold for ten seconds. Come back. Then the right leg over the left, left elbow outside the right knee, and turn to the right.
goes-like-this = { $exercise } goes like this.
how-to-move = Move slowly and on purpose, and never force it.

## Safety questions: no is always the safe answer

questions-first = { WORDS($count) } quick safety questions first. Say yes, no, or not sure.
question-first-short = First, one quick safety question. Say yes, no, or not sure.
questions-again = Last time it was safer to stop, so I'll ask all { WORDS($count) } questions again. Say yes, no, or not sure.
question-number = { $number ->
    [1] One:
    [2] Two:
    [3] Three:
    [4] Four:
   *[other] { WORDS($number) }:
}
question-number-last = And the last one:

question-emergency = do you have any of these? Numbness or tingling in both legs, or around your genitals or buttocks. New trouble passing water, or controlling your bladder or bowels. Chest pain. Or back pain that began with a serious accident. Yes, no, or not sure?
    .again = let me ask that another way. Are your legs, or your seat, numb or tingling? Is there trouble with your bladder or bowels, or pain in your chest? Or did this begin with a serious accident? If none of it is true, say no.
    .reprompt = Say no if you have none of these signs. Say yes if you have any, or say not sure. I can repeat the question.
question-injury = have you hurt your back recently, so that it feels out of line, or can't move fully?
    .again = in other words: has your back had a recent injury, and does it feel out of place, or stuck? If not, say no.
    .reprompt = Have you hurt your back recently? Say yes, no, or not sure.
question-movement = does sharp pain, or stiffness that isn't normal for you, stop your back from moving as far as it usually does?
    .again = in other words: is your back blocked, or does it hurt sharply when it moves? If not, say no.
    .reprompt = Is your back blocked, or sharply painful when it moves? Say yes, no, or not sure.
question-persistent = do you have back pain that stays, before, during or after your back cracks, even with pain medicine?
    .again = in other words: is there a pain in your back that doesn't go away, even when you take something for it? If not, say no.
    .reprompt = Do you have back pain that stays, even with medicine? Say yes, no, or not sure.
question-doctor = has a doctor told you to avoid exercise, are you pregnant, do you have osteoporosis, or was your back operated on recently?
    .again = in other words: is there a doctor's warning, a pregnancy, brittle bones, or a recent back operation? If not, say no.
    .reprompt = Has a doctor told you to avoid exercise, or is any of the rest true? Say yes, no, or not sure.
question-since-last-time = since last time, do you have anything new? Numbness or tingling in your legs or your seat, bladder or bowel trouble, chest pain, an accident or a hurt back, sharp or lasting pain, a pregnancy, an operation, or a doctor's warning. Yes, no, or not sure?
    .again = let me ask that another way. Has anything changed with your back, your legs, your bladder, your chest, a pregnancy, an operation, or what your doctor says? If nothing has, say no.
    .reprompt = Is there anything new since last time? Say yes, no, or not sure.
question-statement = please listen to this list. Numbness or tingling in both legs, or around your genitals or buttocks. Trouble passing water, or controlling bladder or bowels. Chest pain. Back pain that began with a serious accident. A recent back injury. A back that won't move normally, or not without sharp pain. Pain that stays, even with medicine. A doctor's advice against exercise, a pregnancy, osteoporosis, or a recent back operation. Is any of this true for you today?
    .again = let me ask that another way. Is there any sign of nerve, bladder, bowel or chest trouble, a serious accident, a back injury, sharp or lasting pain, or a doctor's warning? If there is none, say no.
    .reprompt = Is anything on that list true for you today? Say yes, no, or not sure.

question-why = I ask because for some backs a stretch can do harm, and a doctor should look first. I don't keep your answers. You can say yes, no, or not sure, or have me repeat the question.
question-no-skipping = I can't skip the safety questions.
question-take-your-time = Take your time.
question-missed = I need a yes, a no, or not sure.
cleared = Thank you. You're clear to go gently.
    .or-1 = Thank you. That's all clear, so let's go gently.

not-today = Then let's not stretch today.
not-today-unsure = When you're not sure, it's wiser to leave it for today.
not-today-not-heard = I couldn't make out a clear answer, so to be safe, we'll leave it for today.
advice-emergency = Those signs can be an emergency. Please call your local emergency number now, or have someone call it for you. I can't call anyone. Please don't stretch, and don't wait.
    .unsure = If you may have any of those signs, please call your local emergency number now, or have someone call it. I can't call anyone. It's better to call once too often. And please don't stretch today.
advice-injury = A back that was hurt recently should be seen by a doctor as soon as possible, before it's stretched or cracked. Take care.
    .unsure = If your back may be hurt, let a doctor look at it soon, before you stretch or crack it. Take care of yourself.
advice-movement = A back that can't move normally, or not without sharp pain, should be seen by a doctor as soon as possible. Please don't crack it until then. Take care.
    .unsure = If your back may not be moving as it should, let a doctor look at it soon, and don't crack it until then. Take care of yourself.
advice-persistent = Pain that stays, even with medicine, should be seen by a doctor as soon as possible. Please don't crack your back until then. Take care.
    .unsure = If the pain may be staying, let a doctor look at it soon, and don't crack your back until then. Take care of yourself.
advice-doctor = Please ask your doctor which of these stretches are right for you, before you do any. Take care.
    .unsure = If any of that might be so, please ask your doctor first, before you do these stretches. Take care of yourself.
advice-since-last-time = With numbness, bladder or bowel trouble, chest pain, or after a serious accident, call your local emergency number now; I can't call anyone. For anything else that's new, please see a doctor before you stretch again. Take care.
    .unsure = If it might be numbness, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number now; I can't call anyone. For anything else, ask a doctor before you stretch again. Take care of yourself.
advice-statement = With numbness, bladder or bowel trouble, chest pain, or after a serious accident, call your local emergency number now; I can't call anyone. For anything else on that list, please see a doctor before you stretch. Take care.
    .unsure = If it might be numbness, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number now; I can't call anyone. For anything else on that list, ask a doctor before you stretch. Take care of yourself.

## Pain and emergency, at any moment

pain-stop = Stop there, and ease out of the position slowly.
knees-to-chest-ease = Let your leg down, and rest with both feet on the floor.
lying-rotation-ease = Bring your knees back to the middle, and rest.
bridge-ease = Lower your hips to the floor, and rest.
pelvic-tilt-ease = Let your stomach and your back go soft, and rest.
cat-arch-ease = Let your back come level, then lower yourself to the floor, and rest.
seated-rotation-ease = Turn back to the middle, set both feet on the floor, and rest.
knees-to-chest-out = Let your leg down.
lying-rotation-out = Bring your knees back to the middle.
bridge-out = Lower your hips to the floor.
pelvic-tilt-out = Let your stomach and your back go soft.
cat-arch-out = Let your back come level.
seated-rotation-out = Turn back to the middle, and uncross your legs.
pain-rest = Lie or sit still, and rest.
pain-idle = Then let's not stretch now.
pain-advice = Stretching or cracking should feel good, and never hurt. Pain that comes or stays may mean that something underneath needs treatment. Please see a doctor or a chiropractor before you try this again. Take care.
emergency-stop = Stop now. Lie or sit still.
emergency-advice = What you describe can be an emergency. Please call your local emergency number now, or have someone call it for you. I can't call anyone.

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

knees-to-chest-setup = Bend both knees, with your feet on the floor.
    .brief = Knees bent, feet on the floor.
lying-rotation-setup = Bend your knees, with your feet flat on the floor, and let your arms rest out to the sides.
    .brief = Knees bent, arms out to the sides.
bridge-setup = Bend your knees, and draw your feet in toward your buttocks.
    .brief = Knees bent, feet drawn in.
pelvic-tilt-setup = Bend your knees, with the soles of your feet flat on the floor.
    .brief = Knees bent, soles flat.
cat-arch-setup = Hands under your shoulders, and knees under your hips.
    .brief = Hands under shoulders, knees under hips.
seated-rotation-setup = Sit tall, and let your shoulders drop.
    .brief = Sit tall.

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

knees-to-chest-draw = Now your { $side } knee. Draw it slowly toward your chest, and take it in both hands.
    .brief = { $side } knee in, with both hands.
knees-to-chest-pull-hold = Keep it as close as is comfortable, and hold, for { WORDS($seconds) } seconds.
knees-to-chest-pull-release = Let it down slowly.

lying-rotation-sink = Now to the { $side }. Keep your shoulders still, and let your hips roll to the { $side }, until your { $side } knee touches the floor. Go only as far as is comfortable.
    .brief = Over to the { $side }, shoulders still.
lying-rotation-roll-release = Come back to the middle, slowly.
    .brief = Slowly back to the middle.

bridge-lift = Press your feet into the floor, and lift your hips, until your shoulders and knees make one straight line.
    .brief = Lift your hips.
bridge-raise-release = Lower your hips slowly.
    .brief = And lower slowly.

pelvic-tilt-tighten = Tighten your stomach muscles, so that your belly is firm.
    .brief = Stomach firm.
pelvic-tilt-firm-release = And relax.
pelvic-tilt-press = Now press your whole back flat, as if you drew your navel down to the floor.
    .brief = Now back flat, navel down.
pelvic-tilt-flat-release = And relax.

cat-arch-arch = Pull your stomach up, and arch your back toward the ceiling.
    .brief = Stomach up, and arch your back up.
cat-arch-sink = Now let your stomach and your back sink down, until your belly hangs.
    .brief = Now let stomach and back sink.
cat-arch-down-release = And come back to the start.
    .brief = Back to the start.

seated-rotation-cross = Cross your { $side } leg over your { $other } leg.
    .brief = { $side } leg over { $other }.
seated-rotation-elbow = Set your { $other } elbow on the outside of your { $side } knee.
    .brief = { $other } elbow outside your { $side } knee.
seated-rotation-turn = Turn your upper body slowly to the { $side }, as far as is comfortable.
    .brief = Turn to the { $side }.
seated-rotation-twist-release = Turn back to the middle slowly, and uncross your legs.
    .brief = Back to the middle, legs uncrossed.

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

## Help

help-idle = I guide { $count ->
    [1] one gentle back stretch
   *[other] { WORDS($count) } gentle back stretches
}, hands-free. This is for education, and is no substitute for medical advice. You can say: start knees to chest. Or: start my routine. Or: I've got five minutes. You can also ask: is it safe to crack my back?
help-guiding = Rest for now. You can say pause, repeat, next, go back, start over, slower, or faster. You can ask: how long is left? If anything hurts, say: that hurts. I'm for education, and no substitute for medical advice.
help-offering = You can say yes or no. Or name a stretch, such as the bridge. Or ask me a question. I'm for education, and no substitute for medical advice.

## Not understood

missed-1 = Sorry, I didn't catch that.
missed-2 = I missed that one too.
missed-3 = Let me help. You can say, for example: start the bridge. Or: start my routine. Or: is it safe to crack my back? Or: stop.
missed-guiding-1 = I didn't catch that, so rest a moment. If anything hurts, say: that hurts.
missed-guiding-2 = I missed that one too. Stay at rest.
missed-guiding-3 = Let me help. You can say, for example: resume. Or: repeat. Or: slower. Or: that hurts. Or: stop.

## What people ask

answer-is-it-safe = Done gently, and only now and then, it's safe. It isn't really cracking: pressure is released, as with fingers or the neck. A crack when you stand up or lean over is no worry either. But too often, or with force, it can strain or harm the joints, even to the point of surgery.
answer-when-to-avoid = Leave it with a recent injury, sharp or lasting pain, or a back that won't move normally. Leave it if a doctor told you to avoid exercise, in pregnancy, with osteoporosis, or after recent back surgery. With numb legs or seat, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number.
answer-when-to-see-doctor = See a doctor or a chiropractor if you have any pain while trying this, soreness that lasts, or unusual pain when you stretch. They treat the source. Injuries and arthritis do much better when they're treated early; badly treated, they can heal irregularly, and cost you movement.
answer-how-often = Now and then, and gently, is right for cracking.
answer-how-often-some = { $exercises }: { $sessions ->
    [1] once
    [2] twice
   *[other] { WORDS($sessions) } times
} a day.
answer-how-often-one = { $exercise }: { $sessions ->
    [1] once
    [2] twice
   *[other] { WORDS($sessions) } times
} a day, with { WORDS($rounds) } rounds each time.
answer-how-often-ceiling = More as it gets comfortable, up to { WORDS($most) } rounds a day.
answer-why-it-cracks = It's the same as in your knuckles and other joints: pressure is released. A study in two thousand eleven suggests that the sound alone can make people feel a bit better.
answer-chronic-pain = With pain that stays, ask a doctor before you stretch. Arthritis is a common cause of back pain with age, as joint tissue wears away, and is best treated early. Where stretching and other gentle means don't help, a doctor may recommend injections against the inflammation underneath.

## Today, and enough of it

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

## Reminders and forgetting

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

## When nothing can be written down
cannot-remember = I can't remember anything just now, so nothing that we do will count later.
not-forgotten-yet = I can't erase anything just now. Please ask me again in a while.
tell-me-again = I couldn't note that down just now. Next time, please tell me again before we start.

## When something breaks

trouble = Something went wrong on my side. If you're in a stretch, ease out of it and rest. Please open me again in a moment.

## The local speaker itself, where no skill is listening

device-nothing-open = Nothing is open. Say: Alexa, open back coach.
device-problem = There was a problem with the skill's response.
device-session-over = Nobody answered, so the session is over.
device-welcome = A smart speaker, listening. Type what you would say, such as: Alexa, start knees to chest.
device-leaving = Goodbye.
page-address = A smart speaker with a voice and an ear is open at { $address }
device-not-heard = I didn't hear that clearly.
device-ask-again = I didn't hear that clearly, so here is the question again. You can also use the buttons.
device-deaf = The ear isn't ready yet. You can type, or use the buttons.

## The page
# What the local speaker's page shows. `page-say-…` are things to say, with | between them.

page-title = Back Coach
page-lede = Lie down, and let a voice guide you.
page-start = Say “start knees to chest”
page-talk = Hold to talk
page-talk-hint = or hold the space bar
page-talking = I'm listening
page-thinking = One moment
page-type-label = Or type what you would say
page-type-send = Send
page-hands-free = Listen by itself when I'm asked something
page-say-now = You can say
page-round = Round { $round } of { $rounds }
page-question = Safety question
page-question-of = { $number } of { $count }
page-left = Left side
page-right = Right side
page-resting = Ready when you are
page-speaking = Speaking
page-moving = Time to move
page-holding = Hold
page-counting = Slowly
page-listening = Your turn
page-answering = Yes, no, or not sure?
page-paused = Paused
page-heard = You said
page-no-microphone = No microphone here, so please type or use the buttons.
page-no-sound = No sound can be played here, so the words are only shown.
page-no-ear = Speech can't be recognised here, so please type or use the buttons.
page-offline = The speaker doesn't answer. Is it still running?
page-education = For education; no substitute for medical advice. In an emergency, call your local emergency number.
page-developer = Developer
page-intent = Intent
page-slots = Slots
page-state = State
page-timeline = Timeline
page-request = Request
page-response = Response
page-cue = Cue
page-from = From (s)
page-to = To (s)
page-kind = Kind
page-locale = Locale
page-device = Device
page-voice-only = Voice only
page-screen = With a screen
page-speed = Clock
page-nothing = nothing yet
page-say-idle = Start knees to chest | Start my routine | Hear the list | Is it safe to crack my back?
page-say-open = Start the bridge | Five minutes | What should I do next? | Stop
page-say-asking = No | Yes | Not sure
page-say-aside = Repeat the question | Why do you ask? | Stop
page-say-offering = Yes | No | Help
page-say-guiding = Pause | Repeat | Slower | How long is left? | That hurts
page-say-paused = Resume | Next | How long is left? | Stop
