# Answers to what people ask. Their sources are in skill/exercises/safety.toml.

answer-is-it-safe = Done gently, and only now and then, it's safe. It isn't really cracking: pressure is released, as with fingers or the neck. A crack when you stand up or lean over is no worry either. But too often, or with force, it can strain or harm the joints, even to the point of surgery.
answer-when-to-avoid = Leave it with a recent injury, sharp or lasting pain, or a back that won't move normally. Leave it if a doctor told you to avoid exercise, in pregnancy, with osteoporosis, or after recent back surgery. With numb legs or seat, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number.
answer-when-to-see-doctor = See a doctor or a chiropractor if you have any pain while trying this, soreness that lasts, or unusual pain when you stretch. They treat the source. Injuries and arthritis do much better when they're treated early; badly treated, they can heal irregularly, and cost you movement.
answer-how-often = Now and then, and gently, is right for cracking.
answer-how-often-some = { $exercises }: { $sessions ->
    [1] once
    [2] twice
   *[other] { WORDS($sessions) } times
} a day.
answer-how-often-one = { $exercise }: { $sessions ->
    [1] once
    [2] twice
   *[other] { WORDS($sessions) } times
} a day, with { WORDS($rounds) } rounds each time.
answer-how-often-ceiling = More as it gets comfortable, up to { WORDS($most) } rounds a day.
answer-why-it-cracks = It's the same as in your knuckles and other joints: pressure is released. A study in two thousand eleven suggests that the sound alone can make people feel a bit better.
answer-chronic-pain = With pain that stays, ask a doctor before you stretch. Arthritis is a common cause of back pain with age, as joint tissue wears away, and is best treated early. Where stretching and other gentle means don't help, a doctor may recommend injections against the inflammation underneath.
