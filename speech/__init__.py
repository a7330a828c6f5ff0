"""Speech: how it sounds. Knows nothing of the skill, and imports none of it.

`wording`     message catalog: the sentences of each language
`script`      script: the sentences in order, with pauses, holds and marks between them
`duration`    speech duration: the seconds that a sentence takes, estimated
`timeline`    timeline: the second at which each cue of a script begins and ends
`ssml`        speech synthesis markup language: a script as Alexa takes it
`tts`         text to speech: a sentence to audio
`stt`         speech to text: audio to a sentence
"""
