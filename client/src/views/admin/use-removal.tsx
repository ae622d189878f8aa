import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { askFirst } from '../../hooks/ask-first.ts';
import { useWrite } from '../../hooks/use-route.ts';

type Write = ReturnType<typeof useWrite>['write'];

interface Removal {
  readonly question: string;
  readonly text?: string;
  readonly doIt: (write: Write) => Promise<Answer<unknown>>;
  /** What follows when it is done. */
  readonly then?: () => void;
}

/** @returns a function that asks before it removes something, and says so when the server refuses. */
export function useRemoval(): (removal: Removal) => void {
  const { t } = useTranslation(['admin', 'shell']);
  const { write } = useWrite();
  return ({ question, text, doIt, then }) =>
    askFirst({
      title: question,
      children: text === undefined ? null : <Text>{text}</Text>,
      labels: { confirm: t('admin:tree.remove'), cancel: t('shell:cancel') },
      onConfirm: async () => {
        const answer = await doIt(write);
        if (answer.ok) then?.();
        else notifications.show({ title: t('shell:refused'), message: answer.message, color: 'red' });
      },
    });
}
