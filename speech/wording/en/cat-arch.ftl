# Cat arch.

## Its name

cat-arch-title = Cat arch
cat-arch-name = the cat arch

## What it is, and its steps to read

cat-arch-about = The cat arch is done on hands and knees. The back is slowly arched up, and then let sink.
cat-arch-steps = Come onto your hands and knees. Slowly arch your back up, with your stomach pulled in. Then let stomach and back sink down. Come back to the start.

## Guidance, in the order in which it is said

cat-arch-setup = Hands under your shoulders, and knees under your hips.
    .brief = Hands under shoulders, knees under hips.
cat-arch-arch = Pull your stomach up, and arch your back toward the ceiling.
    .brief = Stomach up, and arch your back up.
cat-arch-sink = Now let your stomach and your back sink down, until your belly hangs.
    .brief = Now let stomach and back sink.
cat-arch-down-release = And come back to the start.
    .brief = Back to the start.

## The way out: when it hurts, and before anything else is said

cat-arch-ease = Let your back come level, then lower yourself to the floor, and rest.
cat-arch-out = Let your back come level.
