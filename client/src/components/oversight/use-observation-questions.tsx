import '../../i18n/oversight-texts.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { askFirst } from '../../hooks/ask-first.ts';
import { useObservationHand } from '../../hooks/oversight/use-observations.ts';

/** Sending can't be taken back, and neither can deleting: both ask first, and say what became of it. */
export function useObservationQuestions(): {
  readonly send: (observations: readonly Observation[]) => void;
  readonly remove: (observation: Observation) => void;
} {
  const { t } = useTranslation(['oversight', 'shell']);
  const hand = useObservationHand();
  const say = (answer: Answer<unknown>, message: string) =>
    answer.ok
      ? notifications.show({ message, color: 'green' })
      : notifications.show({ title: t('shell:refused'), message: answer.message, color: 'orange' });
  const cancel = t('shell:cancel');
  return {
    send: (observations) =>
      askFirst({
        title: t('oversight:note.sendSure', { count: observations.length }),
        children: <Text>{t('oversight:note.sendText')}</Text>,
        labels: { confirm: t('oversight:note.send'), cancel },
        onConfirm: async () => {
          const answer = await hand.send(observations.map(({ id }) => id));
          say(answer, t('oversight:note.sentDone', { count: answer.ok ? answer.value.sent : 0 }));
        },
      }),
    remove: (observation) =>
      askFirst({
        title: t('oversight:note.removeSure'),
        children: <Text>{observation.text}</Text>,
        labels: { confirm: t('oversight:note.remove'), cancel },
        onConfirm: async () => {
          const answer = await hand.remove(observation.id);
          if (!answer.ok) say(answer, '');
        },
      }),
  };
}
