import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Proof } from '@diemcau/shared/protocol/requests.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { notifications } from '@mantine/notifications';
import { useCallback, useRef, useState } from 'react';
import { useRoom } from './room.ts';
import { useText } from './use-text.ts';

const givenUp: ReadonlySet<RefusalCode> = new Set(['notSent', 'outcomeUnknown']);

/**
 * Gives commands and says refusals in words.
 * @returns `give`, which resolves with whether the command was recorded, and whether one is under way.
 */
export function useGive(): {
  readonly give: (command: ClientCommand, proof?: Proof) => Promise<boolean>;
  readonly busy: boolean;
} {
  const room = useRoom();
  const t = useText();
  const [underWay, setUnderWay] = useState(0);
  const current = useRef(room);
  current.current = room;
  const give = useCallback(
    async (command: ClientCommand, proof?: Proof) => {
      setUnderWay((count) => count + 1);
      const answer = await current.current.give(command, proof);
      setUnderWay((count) => count - 1);
      if (!answer.ok) {
        notifications.show({
          id: `refusal-${answer.code}`,
          title: t('common.refused'),
          message: answer.message,
          color: 'orange',
          // Nobody may have been looking when it was given up: it stays until it has been read.
          autoClose: givenUp.has(answer.code) ? false : 8000,
        });
      }
      return answer.ok;
    },
    [t],
  );
  return { give, busy: underWay > 0 };
}
