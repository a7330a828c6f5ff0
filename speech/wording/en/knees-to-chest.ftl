# Knees to chest.

## Its name

knees-to-chest-title = Knees to chest
knees-to-chest-name = knees to chest

## What it is, and its steps to read

knees-to-chest-about = Knees to chest is done on your back. One knee at a time is drawn toward the chest, to stretch the lower back.
knees-to-chest-steps = Lie on your back. Draw one knee toward your chest, and take it in both hands. Hold it as close as is comfortable, for five seconds. Let it down slowly. Then the other leg.

## Guidance, in the order in which it is said

knees-to-chest-setup = Bend both knees, with your feet on the floor.
    .brief = Knees bent, feet on the floor.
knees-to-chest-draw = Now your { $side } knee. Draw it slowly toward your chest, and take it in both hands.
    .brief = { $side } knee in, with both hands.
knees-to-chest-pull-hold = Keep it as close as is comfortable, and hold, for { WORDS($seconds) } seconds.
knees-to-chest-pull-release = Let it down slowly.

## The way out: when it hurts, and before anything else is said

knees-to-chest-ease = Let your leg down, and rest with both feet on the floor.
knees-to-chest-out = Let your leg down.
