import { useCallback, useEffect, useRef, useState } from 'react';
import { useRoom } from './room.ts';

/** How the clerk's words stand towards the record. */
export type WordingState =
  | { readonly kind: 'saved' | 'unsaved' | 'saving' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Wording {
  readonly text: string;
  readonly state: WordingState;
  readonly write: (text: string) => void;
  readonly saveNow: () => void;
}

/** Milliseconds of rest after which what was written is saved. */
const rest = 1_500;

/** One part of the minutes as the clerk words it: saved by itself after a rest, at once on request, and when left (MIN2). */
export function useWording(part: string): Wording {
  const { state, give } = useRoom();
  const recorded = state.wording[part] ?? '';
  const [text, setText] = useState(recorded);
  const [progress, setProgress] = useState<WordingState>({ kind: 'saved' });
  const latest = useRef({ text, recorded, give, kind: progress.kind });
  latest.current = { text, recorded, give, kind: progress.kind };
  const save = useCallback(
    async (written: string) => {
      const wanted = written.trim();
      if (wanted === latest.current.recorded.trim()) return setProgress({ kind: 'saved' });
      setProgress({ kind: 'saving' });
      const answer = await latest.current.give({ type: 'wordMinutes', part, text: wanted });
      if (!answer.ok) return setProgress({ kind: 'failed', message: answer.message });
      // Meanwhile written on: the next rest saves it.
      setProgress({ kind: latest.current.text.trim() === wanted ? 'saved' : 'unsaved' });
    },
    [part],
  );
  const { kind } = progress;
  useEffect(() => {
    if (kind !== 'unsaved') return;
    const timer = setTimeout(() => void save(text), rest);
    return () => clearTimeout(timer);
  }, [kind, text, save]);
  // Another device of the clerk's may have worded it; what is being written here is not taken away.
  useEffect(() => {
    if (latest.current.kind === 'saved') setText(recorded);
  }, [recorded]);
  useEffect(
    () => () => {
      const { text: last, recorded: known, give: send } = latest.current;
      if (last.trim() !== known.trim()) void send({ type: 'wordMinutes', part, text: last.trim() });
    },
    [part],
  );
  return {
    text,
    state: progress,
    write: (value) => {
      setText(value);
      setProgress({ kind: 'unsaved' });
    },
    saveNow: () => void save(text),
  };
}
