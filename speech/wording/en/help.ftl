# Help, what was not understood, and trouble.

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

## When something breaks

trouble = Something went wrong on my side. If you're in a stretch, ease out of it and rest. Please open me again in a moment.

## When nothing can be written down

cannot-remember = I can't remember anything just now, so nothing that we do will count later.
not-forgotten-yet = I can't erase anything just now. Please ask me again in a while.
tell-me-again = I couldn't note that down just now. Next time, please tell me again before we start.
