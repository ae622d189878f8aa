import type { PersonId, SiteId } from '../ids.ts';
import type { Place, Presence, PresenceSource } from './attendance-types.ts';
import { chairLineEvents } from './chair.ts';
import type { ClerkEntry, CommandOf } from './commands.ts';
import { accept, type Deciders, type Decision, refuse } from './decision.ts';
import type { EventData, MeetingEvent } from './events.ts';
import { drop, type Evolvers, entriesOf, put } from './evolution.ts';
import { isResponsibleFor, rolesOf } from './permissions.ts';
import { isOver } from './phase.ts';
import {
  attendanceAfter,
  attendanceOf,
  isExcluded,
  isPersonPresent,
  isPresent,
  isSummoned,
  placeOf,
} from './presence.ts';
import { speakingEndOf } from './speaking.ts';
import type { MeetingState } from './state.ts';
import { endSuperior, superiorsBack, superiorsLost } from './superiors.ts';

type Commands =
  | 'checkIn'
  | 'checkInAtSite'
  | 'recordAttendance'
  | 'stepAway'
  | 'comeBack'
  | 'leaveMeeting'
  | 'confirmSiteRollCall'
  | 'completeRollCall'
  | 'reportLines'
  | 'endGrace';

type Events =
  | 'attendanceChanged'
  | 'absenceReasonNoted'
  | 'linesLost'
  | 'linesRestored'
  | 'graceEnded'
  | 'siteRollCallConfirmed'
  | 'rollCallCompleted';

const changed = (
  person: PersonId,
  presence: Presence,
  source: PresenceSource,
  provisional = false,
): MeetingEvent => ({ type: 'attendanceChanged', data: { person, presence, source, provisional } });

function samePlace(a: Place, b: Place): boolean {
  return a.mode === b.mode && (a.mode === 'remote' || (b.mode === 'onSite' && a.site === b.site));
}

/** Why attendance can't change at this moment; null where it can. */
function attendanceShut(state: MeetingState): Decision | null {
  if (isOver(state)) return refuse('meetingOver');
  if (state.phase === 'none' || state.phase === 'created') return refuse('meetingNotSummoned');
  if (state.phase === 'interrupted') return refuse('meetingNotOpen');
  return null;
}

function personShut(state: MeetingState, person: PersonId): Decision | null {
  const entry = state.roll[person];
  if (!entry) return refuse('personNotSummoned');
  if (isExcluded(entry)) return refuse('personExcluded', { name: entry.name });
  return null;
}

function ownPerson(context: {
  readonly actor: { readonly kind: string } & { readonly person?: PersonId };
}): PersonId {
  return context.actor.person as PersonId;
}

/** Null where the entry can't be: who is not there can't be away for a while, it would make them present. */
function presenceFrom(state: MeetingState, person: PersonId, entry: ClerkEntry): Presence | null {
  switch (entry.mode) {
    case 'away': {
      const from = placeOf(attendanceOf(state, person).presence);
      return from && { mode: 'away', from };
    }
    case 'absentExcused':
      return { mode: 'absentExcused' };
    default:
      return entry;
  }
}

function checkIn(
  state: MeetingState,
  command: CommandOf<'checkIn'>,
  person: PersonId,
  provenAt: SiteId | undefined,
): Decision {
  const shut = attendanceShut(state) ?? personShut(state, person);
  if (shut) return shut;
  const { place } = command;
  if (place.mode === 'onSite' && !state.sites[place.site]) return refuse('siteUnknown');
  const now = attendanceOf(state, person);
  const current = now.presence;
  if ((current.mode === 'onSite' || current.mode === 'remote') && samePlace(current, place)) return accept();
  // ATT13: who has been checked in at a site stays there until they leave or the clerk says otherwise.
  const bound = current.mode === 'onSite' && !(now.provisional && now.source === 'self');
  if (bound && place.mode === 'remote') {
    return refuse('siteWins', { site: state.sites[current.site]?.name ?? '' });
  }
  const proven = place.mode === 'onSite' && place.site === provenAt;
  return accept(changed(person, place, proven ? 'code' : 'self', place.mode === 'onSite'));
}

/** Decides every command about who is present (ATT1–ATT3, ATT5, ATT10, ATT13). */
export const decideAttendance: Deciders<Commands> = {
  checkIn: (state, command, context) => {
    const proven = context.actor.kind === 'person' ? context.actor.provenAt : undefined;
    return checkIn(state, command, ownPerson(context), proven);
  },

  checkInAtSite: (state, { person }, { actor }) => {
    const shut = attendanceShut(state) ?? personShut(state, person);
    if (shut) return shut;
    if (actor.kind !== 'terminal') return refuse('notAllowed');
    const { presence } = attendanceOf(state, person);
    if (presence.mode === 'onSite' && presence.site === actor.site) return accept();
    return accept(changed(person, { mode: 'onSite', site: actor.site }, 'site', true));
  },

  recordAttendance: (state, { person, entry }) => {
    const shut = attendanceShut(state) ?? personShut(state, person);
    if (shut) return shut;
    if (entry.mode === 'onSite' && !state.sites[entry.site]) return refuse('siteUnknown');
    if (entry.mode === 'expected' && state.rollCall === 'done') return refuse('rollCallAlreadyDone');
    const presence = presenceFrom(state, person, entry);
    if (!presence) return refuse('notPresent');
    const change = changed(person, presence, 'clerk');
    if (isPresent(presence)) return accept(change);
    const ends = speakingEndOf(state, [person]);
    if (entry.mode !== 'absentExcused') return accept(...ends, change);
    return accept(...ends, change, { type: 'absenceReasonNoted', data: { person, reason: entry.reason } });
  },

  stepAway: (state, _, context) => {
    const person = ownPerson(context);
    const { presence, provisional } = attendanceOf(state, person);
    const from = placeOf(presence);
    const shut = attendanceShut(state);
    if (shut) return shut;
    if (!from) return refuse('notPresent');
    if (presence.mode === 'away') return accept();
    return accept(changed(person, { mode: 'away', from }, 'self', provisional));
  },

  comeBack: (state, _, context) => {
    const person = ownPerson(context);
    const { presence, provisional } = attendanceOf(state, person);
    const shut = attendanceShut(state);
    if (shut) return shut;
    if (presence.mode === 'away') return accept(changed(person, presence.from, 'self', provisional));
    return placeOf(presence) ? accept() : refuse('notPresent');
  },

  leaveMeeting: (state, _, context) => {
    const person = ownPerson(context);
    const shut = attendanceShut(state);
    if (shut) return shut;
    if (!isPersonPresent(state, person)) return accept();
    return accept(...speakingEndOf(state, [person]), changed(person, { mode: 'left' }, 'self'));
  },

  confirmSiteRollCall: (state, { site }, { actor }) => {
    if (!state.sites[site]) return refuse('siteUnknown');
    if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    const mine =
      actor.kind === 'terminal'
        ? actor.site === site
        : actor.kind === 'person' && isResponsibleFor(state, actor.person, site);
    if (!mine && !rolesOf(state, actor).has('minutesClerk')) return refuse('notAllowed');
    return accept({ type: 'siteRollCallConfirmed', data: { site } });
  },

  completeRollCall: (state) => {
    if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (state.rollCall === 'done') return refuse('rollCallAlreadyDone');
    const unconfirmed = Object.values(state.attendance).find(({ provisional }) => provisional);
    const place = unconfirmed && placeOf(unconfirmed.presence);
    if (place?.mode === 'onSite') {
      return refuse('siteRollCallMissing', { site: state.sites[place.site]?.name ?? '' });
    }
    const absentUnexcused = Object.values(state.roll)
      .filter(
        (entry) => isSummoned(state, entry) && attendanceOf(state, entry.person).presence.mode === 'expected',
      )
      .map((entry) => entry.person);
    return accept({ type: 'rollCallCompleted', data: { absentUnexcused } });
  },

  reportLines: (state, { lost, restored, sitesDark, sitesBack }, { now }) => {
    if (isOver(state) || state.facts === null) return accept();
    const gone = lost.filter((person) => lineUp(state, person));
    const back = restored.filter((person) => lineDown(state, person));
    const darkened = (site: SiteId) => state.sites[site]?.terminal?.line;
    const events: MeetingEvent[] = [];
    const graceEndsAt = now + state.facts.rules.reconnectGrace * 1000;
    if (gone.length > 0) events.push({ type: 'linesLost', data: { persons: gone, graceEndsAt } });
    if (back.length > 0) events.push({ type: 'linesRestored', data: { persons: back } });
    events.push(...chairLineEvents(state, lost, restored));
    for (const site of sitesDark)
      if (darkened(site) === 'up') events.push({ type: 'siteWentDark', data: { site } });
    for (const site of sitesBack)
      if (darkened(site) === 'dark') events.push({ type: 'siteCameBack', data: { site } });
    return accept(...events);
  },

  endGrace: (state, { persons }, { now }) => {
    if (isOver(state)) return accept();
    const ended = persons.filter((person) => {
      const { presence } = attendanceOf(state, person);
      const endsAt =
        presence.mode === 'reconnecting' ? presence.graceEndsAt : state.superiors[person]?.graceEndsAt;
      return endsAt !== null && endsAt !== undefined && endsAt <= now;
    });
    if (ended.length === 0) return accept();
    return accept(...speakingEndOf(state, ended), { type: 'graceEnded', data: { persons: ended } });
  },
};

function lineUp(state: MeetingState, person: PersonId): boolean {
  return (
    attendanceOf(state, person).presence.mode === 'remote' || state.superiors[person]?.graceEndsAt === null
  );
}

/** Reconnecting, or taken for gone when the grace ended: coming back undoes both. */
function lineDown(state: MeetingState, person: PersonId): boolean {
  const { presence, source } = attendanceOf(state, person);
  if (presence.mode === 'reconnecting' || (presence.mode === 'left' && source === 'system')) return true;
  return typeof state.superiors[person]?.graceEndsAt === 'number';
}

function setPresence(
  state: MeetingState,
  persons: readonly PersonId[],
  at: number,
  presence: Presence,
  source: PresenceSource,
): MeetingState {
  const attendance = { ...state.attendance };
  for (const person of persons) {
    attendance[person] = attendanceAfter(state, person, { presence, provisional: false, source }, at);
  }
  return { ...state, attendance };
}

function members(
  state: MeetingState,
  data: EventData['linesLost' | 'linesRestored' | 'graceEnded'],
): PersonId[] {
  return data.persons.filter((person) => state.roll[person] !== undefined && !state.superiors[person]);
}

/** Folds attendance events. */
export const evolveAttendance: Evolvers<Events> = {
  attendanceChanged: (state, { person, presence, source, provisional }, at) => {
    const after = attendanceAfter(state, person, { presence, source, provisional }, at);
    const attendance = put(state.attendance, person, after);
    // A reason stands as long as its absence; the log keeps what was entered by mistake.
    if (presence.mode === 'absentExcused' || state.absenceReasons[person] === undefined) {
      return { ...state, attendance };
    }
    return { ...state, attendance, absenceReasons: drop(state.absenceReasons, person) };
  },
  absenceReasonNoted: (state, { person, reason }) => ({
    ...state,
    absenceReasons: put(state.absenceReasons, person, reason),
  }),
  linesLost: (state, data, at) =>
    setPresence(
      superiorsLost(state, data.persons, data.graceEndsAt, at),
      members(state, data),
      at,
      { mode: 'reconnecting', graceEndsAt: data.graceEndsAt },
      'system',
    ),
  linesRestored: (state, data, at) =>
    setPresence(superiorsBack(state, data.persons), members(state, data), at, { mode: 'remote' }, 'system'),
  graceEnded: (state, data, at) => {
    const left = setPresence(state, members(state, data), at, { mode: 'left' }, 'system');
    return data.persons.reduce((next, person) => endSuperior(next, person, at), left);
  },
  siteRollCallConfirmed: (state, { site }) => {
    const attendance = { ...state.attendance };
    for (const [person, entry] of entriesOf(state.attendance)) {
      const place = placeOf(entry.presence);
      if (entry.provisional && place?.mode === 'onSite' && place.site === site)
        attendance[person] = { ...entry, provisional: false };
    }
    const found = state.sites[site];
    if (!found) return { ...state, attendance };
    return { ...state, attendance, sites: put(state.sites, site, { ...found, rollCall: 'confirmed' }) };
  },
  rollCallCompleted: (state, { absentUnexcused }, at) => ({
    ...setPresence(state, absentUnexcused, at, { mode: 'absentUnexcused' }, 'clerk'),
    rollCall: 'done',
  }),
};
