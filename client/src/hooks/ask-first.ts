import type { modals } from '@mantine/modals';
import { Observable } from '../store/observable.ts';

type Question = Parameters<typeof modals.openConfirmModal>[0];

let ask: ((question: Question) => void) | null = null;
/** Questions for what asks, until it is there. */
const waiting: Question[] = [];

/** Whether a question has been asked on this page: what asks is fetched with the first. */
export const questionsWanted = new Observable<'no' | 'yes'>('no');

/** To be called by what asks, once it is there. */
export function questionsStand(stand: (question: Question) => void): void {
  ask = stand;
  for (const question of waiting.splice(0)) stand(question);
}

/** What asks did not come: the answers are no, and the next question tries again. */
export function questionsMissed(): void {
  questionsWanted.set('no');
  for (const question of waiting.splice(0)) question.onCancel?.();
}

/** Asks before something that can't be taken back. */
export function askFirst(question: Question): void {
  if (ask === null) {
    waiting.push(question);
    questionsWanted.set('yes');
  } else ask(question);
}
