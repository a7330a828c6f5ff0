"""Speech to text with pocketsphinx, for American English.

`engine`            the engine: free speech at any time, and answers to yes-no questions
`noise_reduction`   noise reduction of what the microphone hears
`decoder`           decoders and pronouncing dictionary of the library
`language_model`    n-gram language model of free speech
`word_network`      finite-state grammar of commands and answers
`free_speech`       recognition of free speech, in one pass or two
`yes_no`            recognition of answers to yes-no questions
`alternatives`      competing hypotheses for an answer
`worker_process`    the same, found by a process of its own
"""
