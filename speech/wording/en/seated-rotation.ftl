# Seated rotation.

## Its name

seated-rotation-title = Seated rotation
seated-rotation-name = the seated rotation

## What it is, and its steps to read

seated-rotation-about = The seated rotation is done on a chair. The upper body turns slowly to one side, and then to the other.
seated-rotation-steps = Sit on a chair without arms. Cross your left leg over your right. Set your right elbow on the outside of your left knee. Turn your upper body to the left, and hold for ten seconds. Come back. Then the right leg over the left, left elbow outside the right knee, and turn to the right.

## Guidance, in the order in which it is said

seated-rotation-setup = Sit tall, and let your shoulders drop.
    .brief = Sit tall.
seated-rotation-cross = Cross your { $side } leg over your { $other } leg.
    .brief = { $side } leg over { $other }.
seated-rotation-elbow = Set your { $other } elbow on the outside of your { $side } knee.
    .brief = { $other } elbow outside your { $side } knee.
seated-rotation-turn = Turn your upper body slowly to the { $side }, as far as is comfortable.
    .brief = Turn to the { $side }.
seated-rotation-twist-release = Turn back to the middle slowly, and uncross your legs.
    .brief = Back to the middle, legs uncrossed.

## The way out: when it hurts, and before anything else is said

seated-rotation-ease = Turn back to the middle, set both feet on the floor, and rest.
seated-rotation-out = Turn back to the middle, and uncross your legs.
