# Screening: the safety questions with their advice, pain, and emergencies. No is always the safe answer.

## Safety questions

questions-first = { WORDS($count) } quick safety questions first. Say yes, no, or not sure.
question-first-short = First, one quick safety question. Say yes, no, or not sure.
questions-again = Last time it was safer to stop, so I'll ask all { WORDS($count) } questions again. Say yes, no, or not sure.
question-number = { $number ->
    [1] One:
    [2] Two:
    [3] Three:
    [4] Four:
   *[other] { WORDS($number) }:
}
question-number-last = And the last one:
question-emergency = do you have any of these? Numbness or tingling in both legs, or around your genitals or buttocks. New trouble passing water, or controlling your bladder or bowels. Chest pain. Or back pain that began with a serious accident. Yes, no, or not sure?
    .again = let me ask that another way. Are your legs, or your seat, numb or tingling? Is there trouble with your bladder or bowels, or pain in your chest? Or did this begin with a serious accident? If none of it is true, say no.
    .reprompt = Say no if you have none of these signs. Say yes if you have any, or say not sure. I can repeat the question.
question-injury = have you hurt your back recently, so that it feels out of line, or can't move fully?
    .again = in other words: has your back had a recent injury, and does it feel out of place, or stuck? If not, say no.
    .reprompt = Have you hurt your back recently? Say yes, no, or not sure.
question-movement = does sharp pain, or stiffness that isn't normal for you, stop your back from moving as far as it usually does?
    .again = in other words: is your back blocked, or does it hurt sharply when it moves? If not, say no.
    .reprompt = Is your back blocked, or sharply painful when it moves? Say yes, no, or not sure.
question-persistent = do you have back pain that stays, before, during or after your back cracks, even with pain medicine?
    .again = in other words: is there a pain in your back that doesn't go away, even when you take something for it? If not, say no.
    .reprompt = Do you have back pain that stays, even with medicine? Say yes, no, or not sure.
question-doctor = has a doctor told you to avoid exercise, are you pregnant, do you have osteoporosis, or was your back operated on recently?
    .again = in other words: is there a doctor's warning, a pregnancy, brittle bones, or a recent back operation? If not, say no.
    .reprompt = Has a doctor told you to avoid exercise, or is any of the rest true? Say yes, no, or not sure.
question-since-last-time = since last time, do you have anything new? Numbness or tingling in your legs or your seat, bladder or bowel trouble, chest pain, an accident or a hurt back, sharp or lasting pain, a pregnancy, an operation, or a doctor's warning. Yes, no, or not sure?
    .again = let me ask that another way. Has anything changed with your back, your legs, your bladder, your chest, a pregnancy, an operation, or what your doctor says? If nothing has, say no.
    .reprompt = Is there anything new since last time? Say yes, no, or not sure.
question-statement = please listen to this list. Numbness or tingling in both legs, or around your genitals or buttocks. Trouble passing water, or controlling bladder or bowels. Chest pain. Back pain that began with a serious accident. A recent back injury. A back that won't move normally, or not without sharp pain. Pain that stays, even with medicine. A doctor's advice against exercise, a pregnancy, osteoporosis, or a recent back operation. Is any of this true for you today?
    .again = let me ask that another way. Is there any sign of nerve, bladder, bowel or chest trouble, a serious accident, a back injury, sharp or lasting pain, or a doctor's warning? If there is none, say no.
    .reprompt = Is anything on that list true for you today? Say yes, no, or not sure.
question-why = I ask because for some backs a stretch can do harm, and a doctor should look first. I don't keep your answers. You can say yes, no, or not sure, or have me repeat the question.
question-no-skipping = I can't skip the safety questions.
question-take-your-time = Take your time.
question-missed = I need a yes, a no, or not sure.
cleared = Thank you. You're clear to go gently.
    .or-1 = Thank you. That's all clear, so let's go gently.
not-today = Then let's not stretch today.
not-today-unsure = When you're not sure, it's wiser to leave it for today.
not-today-not-heard = I couldn't make out a clear answer, so to be safe, we'll leave it for today.
advice-emergency = Those signs can be an emergency. Please call your local emergency number now, or have someone call it for you. I can't call anyone. Please don't stretch, and don't wait.
    .unsure = If you may have any of those signs, please call your local emergency number now, or have someone call it. I can't call anyone. It's better to call once too often. And please don't stretch today.
advice-injury = A back that was hurt recently should be seen by a doctor as soon as possible, before it's stretched or cracked. Take care.
    .unsure = If your back may be hurt, let a doctor look at it soon, before you stretch or crack it. Take care of yourself.
advice-movement = A back that can't move normally, or not without sharp pain, should be seen by a doctor as soon as possible. Please don't crack it until then. Take care.
    .unsure = If your back may not be moving as it should, let a doctor look at it soon, and don't crack it until then. Take care of yourself.
advice-persistent = Pain that stays, even with medicine, should be seen by a doctor as soon as possible. Please don't crack your back until then. Take care.
    .unsure = If the pain may be staying, let a doctor look at it soon, and don't crack your back until then. Take care of yourself.
advice-doctor = Please ask your doctor which of these stretches are right for you, before you do any. Take care.
    .unsure = If any of that might be so, please ask your doctor first, before you do these stretches. Take care of yourself.
advice-since-last-time = With numbness, bladder or bowel trouble, chest pain, or after a serious accident, call your local emergency number now; I can't call anyone. For anything else that's new, please see a doctor before you stretch again. Take care.
    .unsure = If it might be numbness, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number now; I can't call anyone. For anything else, ask a doctor before you stretch again. Take care of yourself.
advice-statement = With numbness, bladder or bowel trouble, chest pain, or after a serious accident, call your local emergency number now; I can't call anyone. For anything else on that list, please see a doctor before you stretch. Take care.
    .unsure = If it might be numbness, bladder or bowel trouble, chest pain, or a serious accident, call your local emergency number now; I can't call anyone. For anything else on that list, ask a doctor before you stretch. Take care of yourself.

## Pain and emergency, at any moment

pain-stop = Stop there, and ease out of the position slowly.
pain-rest = Lie or sit still, and rest.
pain-idle = Then let's not stretch now.
pain-advice = Stretching or cracking should feel good, and never hurt. Pain that comes or stays may mean that something underneath needs treatment. Please see a doctor or a chiropractor before you try this again. Take care.
emergency-stop = Stop now. Lie or sit still.
emergency-advice = What you describe can be an emergency. Please call your local emergency number now, or have someone call it for you. I can't call anyone.
