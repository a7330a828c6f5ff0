# Heel slides: all that is said of it. How sentences are written: speech/wording/README.md.
# Any of them may have a .brief form, for somebody who knows the exercise.

heel-slides-name = the heel slides
heel-slides-title = Heel slides
heel-slides-about = The heel slides are done on your back. One heel at a time glides along the floor, while the knee slowly bends and straightens.
heel-slides-steps = Lie on your back, with both legs long. Draw one heel slowly toward your buttocks, and keep it on the floor. Then let it glide away, until the leg is straight. Then the other leg.
heel-slides-setup = Let both legs lie long, with your heels on the floor.
    .brief = Both legs long.
heel-slides-ease = Let both legs go long, and rest.
heel-slides-out = Let your leg go long.
heel-slides-draw = Now your { $side } heel. Keep it on the floor, and draw it toward your buttocks, as far as is comfortable.
    .brief = { $side } heel in.
heel-slides-glide = Now let your { $side } heel glide away from you, until the leg is straight.
    .brief = And away.
heel-slides-straighten-release = And rest that leg.
