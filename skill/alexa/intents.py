"""Intent names of the interaction model, and the coach's intent for each."""

from skill.coach.events import Intent

SKILL_EVENTS = {"AlexaSkillEvent.SkillDisabled": "SKILL_DISABLED"}
"""What is handled outside a conversation, and the name under which it is subscribed to."""

INTENTS: dict[str, Intent] = {
    "StartExerciseIntent": Intent.START_EXERCISE,
    "StartRoutineIntent": Intent.START_ROUTINE,
    "ListExercisesIntent": Intent.LIST,
    "DescribeExerciseIntent": Intent.DESCRIBE,
    "SuggestIntent": Intent.SUGGEST,
    "IsItSafeIntent": Intent.IS_IT_SAFE,
    "WhenToAvoidIntent": Intent.WHEN_TO_AVOID,
    "WhenToSeeDoctorIntent": Intent.WHEN_TO_SEE_DOCTOR,
    "HowOftenIntent": Intent.HOW_OFTEN,
    "WhyItCracksIntent": Intent.WHY_IT_CRACKS,
    "ChronicPainIntent": Intent.CHRONIC_PAIN,
    "ReportPainIntent": Intent.PAIN,
    "ReportEmergencyIntent": Intent.EMERGENCY,
    "HowLongLeftIntent": Intent.HOW_LONG_LEFT,
    "ChangePaceIntent": Intent.CHANGE_PACE,
    "ReadyIntent": Intent.READY,
    "UnsureIntent": Intent.UNSURE,
    "ProgressIntent": Intent.PROGRESS,
    "RemindMeIntent": Intent.REMIND_ME,
    "CancelRemindersIntent": Intent.CANCEL_REMINDERS,
    "ForgetMeIntent": Intent.FORGET_ME,
    "AMAZON.YesIntent": Intent.YES,
    "AMAZON.NoIntent": Intent.NO,
    "AMAZON.PauseIntent": Intent.PAUSE,
    "AMAZON.ResumeIntent": Intent.RESUME,
    "AMAZON.NextIntent": Intent.NEXT,
    "AMAZON.PreviousIntent": Intent.PREVIOUS,
    "AMAZON.RepeatIntent": Intent.REPEAT,
    "AMAZON.StartOverIntent": Intent.START_OVER,
    "AMAZON.StopIntent": Intent.STOP,
    "AMAZON.CancelIntent": Intent.STOP,
    "AMAZON.NavigateHomeIntent": Intent.STOP,
    "AMAZON.HelpIntent": Intent.HELP,
    "AMAZON.FallbackIntent": Intent.FALLBACK,
}
"""Every intent of the model. One that is not here is not understood."""
