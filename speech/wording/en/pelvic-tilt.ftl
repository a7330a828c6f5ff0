# Pelvic tilt.

## Its name

pelvic-tilt-title = Pelvic tilt
pelvic-tilt-name = the pelvic tilt

## What it is, and its steps to read

pelvic-tilt-about = The pelvic tilt is done on your back. The stomach is made firm, and then the back is pressed flat.
pelvic-tilt-steps = Lie on your back, with your knees bent and your feet flat. Tighten your stomach, hold for five seconds, and relax. Then press your whole back flat, hold for five seconds, and relax.

## Guidance, in the order in which it is said

pelvic-tilt-setup = Bend your knees, with the soles of your feet flat on the floor.
    .brief = Knees bent, soles flat.
pelvic-tilt-tighten = Tighten your stomach muscles, so that your belly is firm.
    .brief = Stomach firm.
pelvic-tilt-firm-release = And relax.
pelvic-tilt-press = Now press your whole back flat, as if you drew your navel down to the floor.
    .brief = Now back flat, navel down.
pelvic-tilt-flat-release = And relax.

## The way out: when it hurts, and before anything else is said

pelvic-tilt-ease = Let your stomach and your back go soft, and rest.
pelvic-tilt-out = Let your stomach and your back go soft.
