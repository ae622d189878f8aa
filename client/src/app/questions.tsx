import { ModalsProvider, modals } from '@mantine/modals';
import { useEffect } from 'react';
import { questionsStand } from '../hooks/ask-first.ts';

/** Asks the questions of {@link askFirst}. */
export function Questions() {
  useEffect(() => questionsStand((question) => modals.openConfirmModal(question)), []);
  return <ModalsProvider />;
}
