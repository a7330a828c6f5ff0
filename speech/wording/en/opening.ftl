# The opening: a welcome, what could be done next, the list, and what an exercise is.

## Name

back-coach-title = Back Coach

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

## What any exercise is, before anybody is cleared to do it

about-dose = { $sessions ->
    [1] Once a day is enough for it.
    [2] Twice a day is enough for it.
   *[other] { WORDS($sessions) } times a day is enough for it.
}
steps-after-questions = I'll talk you through each step, once the safety questions are answered.
goes-like-this = { $exercise } goes like this.
how-to-move = Move slowly and on purpose, and never force it.
