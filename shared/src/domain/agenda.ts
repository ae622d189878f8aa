import { type AgendaItemId, asId } from '../ids.ts';
import type { AgendaItemState, AgendaPaper, AgendaPlan } from './agenda-item.ts';
import type { CommandOf } from './commands.ts';
import { accept, type Deciders, type Decision, type DecisionContext, refuse } from './decision.ts';
import type { Evolvers } from './evolution.ts';
import { isPermutation } from './order.ts';
import { rolesOf } from './permissions.ts';
import { isOver } from './phase.ts';
import type { AgendaItem, MeetingState } from './state.ts';
import { voteInTheWay } from './undecided.ts';

type Commands = 'addAgendaItem' | 'editAgendaItem' | 'reorderAgenda' | 'moveAgenda' | 'markAgendaItem';
type Events = 'agendaItemAdded' | 'agendaItemEdited' | 'agendaReordered' | 'agendaMoved' | 'agendaItemMarked';

/** @returns the item that all screens show as current; null between items. */
export function currentItem(state: MeetingState): AgendaItem | null {
  return state.agenda.find((item) => item.state === 'current') ?? null;
}

/** @returns milliseconds spent on the item up to `now`. */
export function timeSpent(item: AgendaItem, now: number): number {
  const running = item.state === 'current' && item.startedAt !== null ? Math.max(0, now - item.startedAt) : 0;
  return item.spent + running;
}

function itemOf(state: MeetingState, id: AgendaItemId): AgendaItem | undefined {
  return state.agenda.find((item) => item.id === id);
}

/** Before opening the secretary prepares the programme; from then on it is the chair's (AGD2). */
function shut(state: MeetingState, { actor }: DecisionContext): Decision | null {
  if (isOver(state)) return refuse('meetingOver');
  const begun = state.phase !== 'created' && state.phase !== 'summoned';
  return begun && !rolesOf(state, actor).has('chair') ? refuse('notAllowed') : null;
}

function planOf(
  id: AgendaItemId,
  item: CommandOf<'addAgendaItem'>['item'],
  carriedOver: boolean,
): AgendaPlan {
  return { id, ...item, inPersonOnly: item.inPersonOnly ?? false, papers: item.papers ?? [], carriedOver };
}

/** AGD5: a paper marked Mật, Tối mật or Tuyệt mật has no place here. */
export function hasSecretPaper(papers: readonly AgendaPaper[] | undefined): boolean {
  return (papers ?? []).some(({ marking }) => marking !== 'none');
}

/** Decides every command about the programme (AGD1, AGD2). */
export const decideAgenda: Deciders<Commands> = {
  addAgendaItem: (state, { item, after }, context) => {
    const closed = shut(state, context);
    if (closed) return closed;
    if (after !== null && !itemOf(state, after)) return refuse('itemUnknown');
    const id = asId<AgendaItemId>(context.newId());
    if (hasSecretPaper(item.papers)) return refuse('secretPaper');
    return accept({ type: 'agendaItemAdded', data: { item: planOf(id, item, false), after } });
  },

  editAgendaItem: (state, { item, changes }, context) => {
    const closed = shut(state, context);
    if (closed) return closed;
    const before = itemOf(state, item);
    if (!before) return refuse('itemUnknown');
    if (hasSecretPaper(changes.papers)) return refuse('secretPaper');
    return accept({ type: 'agendaItemEdited', data: { item: planOf(item, changes, before.carriedOver) } });
  },

  reorderAgenda: (state, { order }, context) => {
    const closed = shut(state, context);
    if (closed) return closed;
    const ids = state.agenda.map(({ id }) => id);
    return isPermutation(order, ids)
      ? accept({ type: 'agendaReordered', data: { order } })
      : refuse('agendaChanged');
  },

  moveAgenda: (state, { to, leaveAs }) => {
    if (state.phase !== 'open') return refuse('meetingNotOpen');
    if (to !== null && !itemOf(state, to)) return refuse('itemUnknown');
    const undecided = voteInTheWay(state);
    if (undecided) return undecided;
    const from = currentItem(state)?.id ?? null;
    if (from === to) return accept();
    return accept({ type: 'agendaMoved', data: { from, leftAs: leaveAs, to } });
  },

  markAgendaItem: (state, { item, state: mark }) => {
    if (isOver(state)) return refuse('meetingOver');
    const found = itemOf(state, item);
    if (!found) return refuse('itemUnknown');
    if (found.state === 'current') return refuse('agendaChanged');
    if (found.state === mark) return accept();
    return accept({ type: 'agendaItemMarked', data: { item, state: mark } });
  },
};

function leave(item: AgendaItem, as: AgendaItemState, at: number): AgendaItem {
  return { ...item, state: as, spent: timeSpent(item, at), startedAt: null };
}

function mapItem(
  state: MeetingState,
  id: AgendaItemId,
  change: (item: AgendaItem) => AgendaItem,
): MeetingState {
  return { ...state, agenda: state.agenda.map((item) => (item.id === id ? change(item) : item)) };
}

function mapCurrent(state: MeetingState, change: (item: AgendaItem) => AgendaItem): MeetingState {
  const current = currentItem(state);
  return current ? mapItem(state, current.id, change) : state;
}

/** @returns the state in which the current item's time stands still: the meeting is suspended or broken off (AGD3). */
export function stopItemClock(state: MeetingState, at: number): MeetingState {
  return mapCurrent(state, (item) => leave(item, 'current', at));
}

/** @returns the state in which the current item's time runs on from `at`. */
export function startItemClock(state: MeetingState, at: number): MeetingState {
  return mapCurrent(state, (item) => ({ ...item, startedAt: at }));
}

/** Folds the programme. */
export const evolveAgenda: Evolvers<Events> = {
  agendaItemAdded: (state, { item, after }) => {
    const added: AgendaItem = { ...item, state: 'pending', startedAt: null, spent: 0 };
    const at = after === null ? state.agenda.length : state.agenda.findIndex(({ id }) => id === after) + 1;
    return { ...state, agenda: [...state.agenda.slice(0, at), added, ...state.agenda.slice(at)] };
  },
  agendaItemEdited: (state, { item }) => mapItem(state, item.id, (before) => ({ ...before, ...item })),
  agendaReordered: (state, { order }) => ({
    ...state,
    agenda: order.flatMap((id) => state.agenda.filter((item) => item.id === id)),
  }),
  agendaMoved: (state, { from, leftAs, to }, at) => {
    const left = from === null ? state : mapItem(state, from, (item) => leave(item, leftAs, at));
    return to === null ? left : mapItem(left, to, (item) => ({ ...item, state: 'current', startedAt: at }));
  },
  agendaItemMarked: (state, data) => mapItem(state, data.item, (item) => ({ ...item, state: data.state })),
};
