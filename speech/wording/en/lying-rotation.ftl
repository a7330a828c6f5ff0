# Lying rotation.

## Its name

lying-rotation-title = Lying rotation
lying-rotation-name = the lying rotation

## What it is, and its steps to read

lying-rotation-about = The lying rotation is done on your back. The bent knees go slowly from side to side, while the shoulders stay still.
lying-rotation-steps = Lie on your back, with your knees bent and your feet flat. Keep your shoulders still. Let your hips roll to one side, until the knee on that side touches the floor, or as far as is comfortable. Hold for ten seconds. Come back slowly. Then the other side.

## Guidance, in the order in which it is said

lying-rotation-setup = Bend your knees, with your feet flat on the floor, and let your arms rest out to the sides.
    .brief = Knees bent, arms out to the sides.
lying-rotation-sink = Now to the { $side }. Keep your shoulders still, and let your hips roll to the { $side }, until your { $side } knee touches the floor. Go only as far as is comfortable.
    .brief = Over to the { $side }, shoulders still.
lying-rotation-roll-release = Come back to the middle, slowly.
    .brief = Slowly back to the middle.

## The way out: when it hurts, and before anything else is said

lying-rotation-ease = Bring your knees back to the middle, and rest.
lying-rotation-out = Bring your knees back to the middle.
