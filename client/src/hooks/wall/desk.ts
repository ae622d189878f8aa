import type { MeetingId } from '@diemcau/shared/ids.ts';
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useWallActs } from './use-wall-acts.ts';
import { useWall } from './wall.ts';

export const gridSizes = [1, 4, 9, 16] as const;
export type GridSize = (typeof gridSizes)[number];
export type ListFilter = 'all' | 'live' | 'alarmed' | 'attended';

/** What is asked before it is done. */
export type DeskQuestion =
  | { readonly kind: 'attend'; readonly meetings: readonly MeetingId[]; readonly after: After }
  | { readonly kind: 'leave'; readonly meetings: readonly MeetingId[] }
  | { readonly kind: 'message'; readonly meetings: readonly MeetingId[] }
  /** The superior has the floor where they are, and would go elsewhere. */
  | { readonly kind: 'endSpeech'; readonly next: MeetingId | null }
  | { readonly kind: 'keys' };

/** What follows an attendance: the tiles stay, or the meeting is shown large, or asked there for the floor too. */
export type After = 'stay' | 'open' | 'ask';

/** The superior's own arrangement of the wall; nothing of it reaches the server by itself. */
export interface Desk {
  readonly size: GridSize | 'fitting';
  readonly setSize: (size: GridSize) => void;
  readonly page: number;
  readonly setPage: (page: number) => void;
  readonly filter: ListFilter;
  readonly setFilter: (filter: ListFilter) => void;
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly list: 'shown' | 'hidden';
  readonly toggleList: () => void;
  readonly hideList: () => void;
  readonly selected: ReadonlySet<MeetingId>;
  readonly select: (meetings: readonly MeetingId[], to: 'on' | 'off') => void;
  /** Where only some meetings are wanted on the screen: which. */
  readonly only: ReadonlySet<MeetingId> | null;
  readonly setOnly: (only: ReadonlySet<MeetingId> | null) => void;
  /** The meeting that is shown large, and whether the floor is asked for on entering. */
  readonly large: { readonly meeting: MeetingId; readonly after: 'open' | 'ask' } | null;
  /** Shows a meeting large and hears it; where it is not attended yet, that is asked first. */
  readonly open: (meeting: MeetingId, after?: 'open' | 'ask') => void;
  readonly back: () => void;
  readonly question: DeskQuestion | null;
  readonly ask: (question: DeskQuestion | null) => void;
  /** Confirms the question that stands. */
  readonly confirm: () => void;
  /** Told by the meeting that is large: how to end the speech that the superior is giving there; null without one. */
  readonly speaks: (end: (() => Promise<unknown>) | null) => void;
}

/** From this width on list and sixteen tiles stand beside each other, CSS pixels. */
const wideScreen = 1800;

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

/** @returns the arrangement of the wall around the component; throws outside of one. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of a wall');
  return desk;
}

/** The list: what it holds, and what is chosen in it. */
function useList() {
  const [filter, setFilter] = useState<ListFilter>('all');
  const [search, setSearch] = useState('');
  const [list, setList] = useState<'shown' | 'hidden'>('shown');
  const [selected, setSelected] = useState<ReadonlySet<MeetingId>>(new Set());
  const [only, setOnly] = useState<ReadonlySet<MeetingId> | null>(null);
  const hideList = useCallback(() => setList('hidden'), []);
  const toggleList = useCallback(() => setList((now) => (now === 'shown' ? 'hidden' : 'shown')), []);
  const select = useCallback((meetings: readonly MeetingId[], to: 'on' | 'off') => {
    setSelected((before) => {
      const next = new Set(before);
      for (const meeting of meetings) {
        if (to === 'on') next.add(meeting);
        else next.delete(meeting);
      }
      return next;
    });
  }, []);
  return useMemo(
    () => ({
      filter,
      setFilter,
      search,
      setSearch,
      list,
      hideList,
      toggleList,
      selected,
      select,
      only,
      setOnly,
    }),
    [filter, search, list, hideList, toggleList, selected, select, only],
  );
}

/** @returns a new arrangement, for the page of the wall. */
export function useNewDesk(): Desk {
  const { client } = useWall();
  const acts = useWallActs();
  const listed = useList();
  const { hideList } = listed;
  const [size, setSize] = useState<GridSize | 'fitting'>('fitting');
  const [page, setPage] = useState(0);
  const [large, setLarge] = useState<Desk['large']>(null);
  const [question, ask] = useState<DeskQuestion | null>(null);
  const endSpeech = useRef<(() => Promise<unknown>) | null>(null);
  const speaks = useCallback((end: (() => Promise<unknown>) | null) => {
    endSpeech.current = end;
  }, []);
  const go = useCallback(
    (meeting: MeetingId | null, after: 'open' | 'ask') => {
      setLarge(meeting === null ? null : { meeting, after });
      void acts.listen(meeting);
    },
    [acts],
  );
  const open = useCallback(
    (meeting: MeetingId, after: 'open' | 'ask' = 'open') => {
      if (large?.meeting === meeting) return;
      if (endSpeech.current !== null) ask({ kind: 'endSpeech', next: meeting });
      else if (client.entries.at(meeting).get()?.attended !== true) {
        ask({ kind: 'attend', meetings: [meeting], after });
      } else go(meeting, after);
    },
    [client, go, large],
  );
  const back = useCallback(() => {
    if (endSpeech.current !== null) ask({ kind: 'endSpeech', next: null });
    else go(null, 'open');
  }, [go]);
  const confirm = useCallback(() => {
    if (question === null) return;
    ask(null);
    if (question.kind === 'leave') {
      if (large !== null && question.meetings.includes(large.meeting)) setLarge(null);
      void acts.leave(question.meetings);
    } else if (question.kind === 'attend') {
      const { meetings, after } = question;
      void acts.attend(meetings).then((attended) => {
        const [first] = meetings;
        if (after !== 'stay' && first !== undefined && attended.includes(first)) go(first, after);
      });
    } else if (question.kind === 'endSpeech') {
      const end = endSpeech.current;
      endSpeech.current = null;
      void Promise.resolve(end?.()).then(() => {
        if (question.next === null) go(null, 'open');
        else open(question.next);
      });
    }
  }, [question, large, acts, go, open]);
  const setGridSize = useCallback(
    (next: GridSize) => {
      setSize(next);
      setPage(0);
      // Sixteen tiles need the list's room where the screen is no wide one; a key brings it back.
      if (next === 16 && window.innerWidth < wideScreen) hideList();
    },
    [hideList],
  );
  return useMemo(
    () => ({
      ...listed,
      size,
      setSize: setGridSize,
      page,
      setPage,
      large,
      open,
      back,
      question,
      ask,
      confirm,
      speaks,
    }),
    [listed, size, setGridSize, page, large, open, back, question, confirm, speaks],
  );
}
