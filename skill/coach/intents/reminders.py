"""Daily reminders: consent in words first, then an errand to the device, then what came of it."""

from skill.coach.actions import AskPermission, CancelReminders, Outcome, SetReminder
from skill.coach.context import Moment, line
from skill.coach.memory import Forgotten, Reminded, Reminder
from skill.coach.reply import PermissionCard, Turn
from skill.coach.state import Offer

MOST = 2
"""Once or twice a day, as often as the exercises are."""

_PARTS_OF_THE_DAY = {"MO": "08:00", "AF": "13:00", "EV": "18:00", "NI": "20:00"}
"""What Alexa says for "in the morning" and the like, as a time to remind at."""

_NOON, _EVENING = 12, 18
_NAMED = {0: "midnight", _NOON: "noon"}


def remind_me(moment: Moment) -> Turn:
    """Ask for consent to the time that was named, or for a time."""
    set_now = moment.memory.reminders
    if len(set_now) >= MOST:
        return moment.ask(line("reminders-full", times=_times(moment)), line("ask-anything-else"))
    time = _PARTS_OF_THE_DAY.get(moment.event.time or "", moment.event.time)
    if time is None or not _is_time(time):
        listed = [line("reminders-set", times=_times(moment))] if set_now else []
        return moment.ask(*listed, line("ask-reminder-time"))
    return moment.ask(
        line("ask-remind", time=_spoken(moment, time)), offer=Offer("remind", time=time)
    )


def agreed(moment: Moment) -> Turn:
    """The person said yes to a reminder: have it set."""
    assert moment.state.offer is not None  # noqa: S101 - called for a yes to an offer
    return moment.send(SetReminder(moment.state.offer.time))


def permitted(moment: Moment) -> Turn:
    """The person allowed reminders: set the one that the question was about."""
    time = moment.event.time or ""
    if not _is_time(time):
        return moment.ask(line("ask-reminder-time"))
    return moment.send(SetReminder(time))


def not_permitted(moment: Moment) -> Turn:
    """The person did not allow reminders."""
    return moment.ask(
        line("reminder-not-permitted"), line("ask-anything-else"), card=PermissionCard()
    )


def cancel(moment: Moment) -> Turn:
    """Have all reminders cancelled."""
    tokens = _tokens(moment)
    if not tokens:
        return moment.ask_again(line("no-reminders-set"))
    return moment.send(CancelReminders(tokens))


def forget(moment: Moment, cancelled: Outcome | None = None) -> Turn:
    """Have the reminders cancelled, which nobody could find again; then erase everything."""
    tokens = _tokens(moment)
    if tokens and cancelled is None:
        return moment.send(CancelReminders(tokens))
    left = [line("reminders-left")] if tokens and cancelled is not Outcome.CANCELLED else []
    return moment.but(Forgotten()).close(line("forgotten"), *left)


def came_back(moment: Moment) -> Turn:
    """Say what became of an errand."""
    outcome = moment.event.outcome or Outcome.FAILED
    time = moment.event.time or ""
    if moment.state.offer is not None and moment.state.offer.kind == "forget":
        return forget(moment, outcome)
    if outcome is Outcome.NOT_PERMITTED:
        return moment.send(AskPermission(time))
    if outcome is Outcome.SET:
        reminder = Reminder(moment.event.token, time)
        kept = moment.but(Reminded((*moment.memory.reminders, reminder)))
        return kept.ask(line("reminder-set", time=_spoken(moment, time)), line("ask-anything-else"))
    if outcome is Outcome.CANCELLED:
        return moment.but(Reminded(())).ask(line("reminders-cancelled"), line("ask-anything-else"))
    if outcome is Outcome.KEPT_OUT:
        moment = moment.but(Reminded(()))
    return moment.ask(line(f"reminder-{outcome}"), line("ask-anything-else"))


def _tokens(moment: Moment) -> tuple[str, ...]:
    return tuple(reminder.token for reminder in moment.memory.reminders)


def _is_time(time: str) -> bool:
    hour, colon, minute = time.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        return False
    return int(hour) < 2 * _NOON and int(minute) < 60


def _spoken(moment: Moment, time: str) -> str:
    """A time of day in words."""
    hour, minute = (int(number) for number in time.split(":"))
    part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
    if minute == 0 and hour in _NAMED:
        part = _NAMED[hour]
    clock = line("clock-name", hour=(hour - 1) % _NOON + 1, minute=minute, part=part)
    return moment.knows.words.say(clock)


def _times(moment: Moment) -> list[str]:
    """The times of all reminders, in words."""
    return [_spoken(moment, reminder.time) for reminder in moment.memory.reminders]
