import type { PersonId } from '../ids.ts';
import { asId, type GuestId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { isOfficer } from './officers.ts';
import { isOver } from './phase.ts';
import { isExcluded, isPersonPresent } from './presence.ts';
import type { MeetingState } from './state.ts';

type Commands = 'announceAbsence' | 'answerAbsence' | 'registerGuest' | 'dismissGuest' | 'stateNoGuests';
type Events = 'absenceAnnounced' | 'absenceAnswered' | 'guestRegistered' | 'guestLeft' | 'noGuestsStated';

/** ATT7: the secretary and the deputies answer for the cell. */
function answerers(state: MeetingState): readonly PersonId[] {
  return Object.values(state.roll)
    .filter(({ office }) => office === 'cellSecretary' || office === 'deputySecretary')
    .map(({ person }) => person);
}

/** Decides announced absences (ATT7, ATT11) and guests (ATT12). */
export const decideAbsences: Deciders<Commands> = {
  announceAbsence: (state, { reason, person: named }, { actor }) => {
    if (isOver(state)) return refuse('meetingOver');
    if (state.phase !== 'summoned')
      return refuse(state.phase === 'created' ? 'meetingNotSummoned' : 'announceBefore');
    if (actor.kind !== 'person') return refuse('notAllowed');
    const person = named ?? actor.person;
    const deputised = isOfficer(state, actor.person) || answerers(state).includes(actor.person);
    if (person !== actor.person && !deputised) return refuse('notAllowed');
    const entry = state.roll[person];
    if (!entry) return refuse('personNotSummoned');
    if (isExcluded(entry)) return refuse('personExcluded', { name: entry.name });
    return accept({ type: 'absenceAnnounced', data: { person, reason, answerers: answerers(state) } });
  },

  answerAbsence: (state, { person, answer }) => {
    if (isOver(state)) return refuse('meetingOver');
    const announced = state.announced[person];
    if (!announced) return refuse('absenceUnknown');
    if (announced.answer === answer) return accept();
    const answered = {
      type: 'absenceAnswered',
      data: { person, answer, answerers: answerers(state) },
    } as const;
    if (isPersonPresent(state, person)) return accept(answered);
    const presence =
      answer === 'accepted' ? ({ mode: 'absentExcused' } as const) : ({ mode: 'expected' } as const);
    return accept(
      answered,
      { type: 'attendanceChanged', data: { person, presence, source: 'clerk', provisional: false } },
      ...(answer === 'accepted'
        ? [{ type: 'absenceReasonNoted' as const, data: { person, reason: announced.reason } }]
        : []),
    );
  },

  registerGuest: (state, { name, office }, { newId }) => {
    if (isOver(state)) return refuse('meetingOver');
    return accept({ type: 'guestRegistered', data: { guest: asId<GuestId>(newId()), name, office } });
  },

  dismissGuest: (state, { guest }) => {
    const found = state.guests[guest];
    if (!found) return refuse('personNotSummoned');
    return found.to === null ? accept({ type: 'guestLeft', data: { guest } }) : accept();
  },

  stateNoGuests: (state) => {
    if (isOver(state)) return refuse('meetingOver');
    if (Object.keys(state.guests).length > 0) return refuse('guestsRegistered');
    return state.noGuests ? accept() : accept({ type: 'noGuestsStated', data: {} });
  },
};

/** Folds announced absences and guests. */
export const evolveAbsences: Evolvers<Events> = {
  absenceAnnounced: (state, { person, reason, answerers: who }, at) => ({
    ...state,
    announced: put(state.announced, person, { reason, announcedAt: at, answerers: who, answer: 'none' }),
  }),
  absenceAnswered: (state, { person, answer }) => {
    const found = state.announced[person];
    return found ? { ...state, announced: put(state.announced, person, { ...found, answer }) } : state;
  },
  guestRegistered: (state, { guest, name, office }, at) => ({
    ...state,
    noGuests: false,
    guests: put(state.guests, guest, { name, office, from: at, to: null }),
  }),
  guestLeft: (state, { guest }, at) => {
    const found = state.guests[guest];
    return found ? { ...state, guests: put(state.guests, guest, { ...found, to: at }) } : state;
  },
  noGuestsStated: (state) => ({ ...state, noGuests: true }),
};
