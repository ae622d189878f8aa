import type { modals } from '@mantine/modals';
import { Observable } from '../store/observable.ts';

type Question = Parameters<typeof modals.openConfirmModal>[0];

let stand: (ask: (question: Question) => void) => void = () => undefined;
const asker = new Promise<(question: Question) => void>((resolve) => {
  stand = resolve;
});

/** Whether a question has been asked on this page: what asks is fetched with the first. */
export const questionsWanted = new Observable<'no' | 'yes'>('no');

/** To be called by what asks, once it is there. */
export function questionsStand(ask: (question: Question) => void): void {
  stand(ask);
}

/** Asks before something that can't be taken back. */
export function askFirst(question: Question): void {
  questionsWanted.set('yes');
  void asker.then((ask) => ask(question));
}
