# The local speaker: what the device itself says where no skill is listening, and what its page shows.
# `page-say-…` are things to say, with | between them.

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
