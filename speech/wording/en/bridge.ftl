# Bridge.

## Its name

bridge-title = Bridge
bridge-name = the bridge

## What it is, and its steps to read

bridge-about = The bridge is done on your back. The hips are lifted, until shoulders and knees make one straight line.
bridge-steps = Lie on your back, with your knees up and your feet drawn in toward your buttocks. Lift your hips, until shoulders and knees make one straight line. Hold for three slow breaths. Lower slowly.

## Guidance, in the order in which it is said

bridge-setup = Bend your knees, and draw your feet in toward your buttocks.
    .brief = Knees bent, feet drawn in.
bridge-lift = Press your feet into the floor, and lift your hips, until your shoulders and knees make one straight line.
    .brief = Lift your hips.
bridge-raise-release = Lower your hips slowly.
    .brief = And lower slowly.

## The way out: when it hurts, and before anything else is said

bridge-ease = Lower your hips to the floor, and rest.
bridge-out = Lower your hips to the floor.
