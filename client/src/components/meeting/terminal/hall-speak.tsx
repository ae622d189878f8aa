import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import { peopleAt } from '@diemcau/shared/domain/selectors.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { Button, Modal, UnstyledButton } from '@mantine/core';
import { IconHandStop, IconMicrophone, IconMicrophoneOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './terminal.module.css';

/** Asks for the floor for a named member of the hall, and says whether the hall is heard (SPK2, SPK3). */
export function HallSpeak({ site }: { readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useText();
  const { give } = useGive();
  const [picking, setPicking] = useState(false);
  const { queue, speech } = state.speaking;
  const waiting = queue.filter((request) => request.site === site);
  const candidates = peopleAt(state, site).filter(
    (entry) =>
      speech?.request.person !== entry.person && !queue.some((request) => request.person === entry.person),
  );
  const heard = hasFloor(floorOf(state), { kind: 'site', site });
  const speaker = speech?.request.site === site ? speech.request : null;
  if (state.phase !== 'open') return null;
  return (
    <div className={classes.speak}>
      <p className={classes.hall} data-heard={heard ? 'yes' : 'no'} role="status" data-testid="hall-sound">
        {heard ? <IconMicrophone size={22} aria-hidden /> : <IconMicrophoneOff size={22} aria-hidden />}
        {heard
          ? speaker
            ? t('terminal.hallOpen', { name: speaker.name })
            : t('terminal.hallHeard')
          : t('terminal.hallHeld')}
      </p>
      {speaker && (
        <Button
          variant="default"
          mih={48}
          onClick={() => void give({ type: 'endSpeech', request: speaker.id })}
        >
          {t('queue.end')}
        </Button>
      )}
      {waiting.map((request) => (
        <Button
          key={request.id}
          variant="default"
          mih={48}
          rightSection={<IconX size={18} aria-hidden />}
          aria-label={t('queue.withdraw', { name: request.name })}
          onClick={() => void give({ type: 'withdrawRequest', request: request.id })}
        >
          {queue.indexOf(request) + 1}. {request.name}
        </Button>
      ))}
      <Button
        mih={48}
        leftSection={<IconHandStop size={20} />}
        disabled={candidates.length === 0}
        onClick={() => setPicking(true)}
      >
        {t('terminal.ask')}
      </Button>
      <Modal
        opened={picking}
        onClose={() => setPicking(false)}
        title={t('terminal.askPick')}
        size="lg"
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <ul className={classes.chips}>
          {candidates.map((entry) => (
            <li key={entry.person}>
              <UnstyledButton
                className={classes.chip}
                onClick={() => {
                  void give({ type: 'askToSpeak', kind: 'speech', person: entry.person });
                  setPicking(false);
                }}
              >
                {titleOf(state, entry.person)}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </Modal>
    </div>
  );
}
