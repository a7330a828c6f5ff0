"""Reminder intents: consent in words first, then an action of the device, then its result."""

from skill.coach.actions import ActionResult, AskPermission, CancelReminders, SetReminder
from skill.coach.context import TurnContext, line
from skill.coach.effects import Forgotten, Reminded, Reminder
from skill.coach.reply import PermissionCard, Turn
from skill.coach.state import Offer

MOST = 2
"""Once or twice a day, as often as the exercises are."""

_PARTS_OF_THE_DAY = {"MO": "08:00", "AF": "13:00", "EV": "18:00", "NI": "20:00"}
"""What Alexa says for "in the morning" and the like, as a time to remind at."""

_NOON, _EVENING = 12, 18
_NAMED = {0: "midnight", _NOON: "noon"}


def remind_me(context: TurnContext) -> Turn:
    """Ask for consent to the time that was named, or for a time."""
    set_now = context.memory.reminders
    if len(set_now) >= MOST:
        return context.ask(
            line("reminders-full", times=_spoken_reminder_times(context)), line("ask-anything-else")
        )
    time = _PARTS_OF_THE_DAY.get(context.event.time or "", context.event.time)
    if time is None or not _is_time(time):
        listed = [line("reminders-set", times=_spoken_reminder_times(context))] if set_now else []
        return context.ask(*listed, line("ask-reminder-time"))
    return context.ask(
        line("ask-remind", time=_spoken_time(context, time)), offer=Offer("remind", time=time)
    )


def agreed(context: TurnContext) -> Turn:
    """The person said yes to a reminder: have it set."""
    assert context.state.offer is not None  # noqa: S101 - called for a yes to an offer
    return context.send(SetReminder(context.state.offer.time))


def permitted(context: TurnContext) -> Turn:
    """The person allowed reminders: set the one that the question was about."""
    time = context.event.time or ""
    if not _is_time(time):
        return context.ask(line("ask-reminder-time"))
    return context.send(SetReminder(time))


def not_permitted(context: TurnContext) -> Turn:
    """The person did not allow reminders."""
    return context.ask(
        line("reminder-not-permitted"), line("ask-anything-else"), card=PermissionCard()
    )


def cancel(context: TurnContext) -> Turn:
    """Have all reminders cancelled."""
    tokens = _reminder_tokens(context)
    if not tokens:
        return context.ask_again(line("no-reminders-set"))
    return context.send(CancelReminders(tokens))


def forget(context: TurnContext, cancelled: ActionResult | None = None) -> Turn:
    """Have the reminders cancelled, which nobody could find again; then erase everything."""
    tokens = _reminder_tokens(context)
    if tokens and cancelled is None:
        return context.send(CancelReminders(tokens))
    left = [line("reminders-left")] if tokens and cancelled is not ActionResult.CANCELLED else []
    return context.but(Forgotten()).close(line("forgotten"), *left)


def came_back(context: TurnContext) -> Turn:
    """Say what became of an errand."""
    outcome = context.event.outcome or ActionResult.FAILED
    time = context.event.time or ""
    if context.state.offer is not None and context.state.offer.kind == "forget":
        return forget(context, outcome)
    if outcome is ActionResult.NOT_PERMITTED:
        return context.send(AskPermission(time))
    if outcome is ActionResult.SET:
        others = (other for other in context.memory.reminders if other.time != time)
        kept = context.but(Reminded((*others, Reminder(context.event.token, time))))
        return kept.ask(
            line("reminder-set", time=_spoken_time(context, time)), line("ask-anything-else")
        )
    if outcome is ActionResult.CANCELLED:
        return context.but(Reminded(())).ask(line("reminders-cancelled"), line("ask-anything-else"))
    if outcome is ActionResult.KEPT_OUT:
        context = context.but(Reminded(()))
    return context.ask(line(f"reminder-{outcome}"), line("ask-anything-else"))


def _reminder_tokens(context: TurnContext) -> tuple[str, ...]:
    return tuple(reminder.token for reminder in context.memory.reminders)


def _is_time(time: str) -> bool:
    hour, colon, minute = time.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(time) <= len("HH:MM")):
        return False
    return int(hour) < 2 * _NOON and int(minute) < 60


def _spoken_time(context: TurnContext, time: str) -> str:
    """A time of day in words."""
    hour, minute = (int(number) for number in time.split(":"))
    part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
    if minute == 0 and hour in _NAMED:
        part = _NAMED[hour]
    clock = line("clock-name", hour=(hour - 1) % _NOON + 1, minute=minute, part=part)
    return context.content.words.say(clock)


def _spoken_reminder_times(context: TurnContext) -> list[str]:
    """The times of all reminders, in words."""
    return [_spoken_time(context, reminder.time) for reminder in context.memory.reminders]
