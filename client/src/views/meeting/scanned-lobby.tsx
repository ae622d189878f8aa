import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { IconMapPinCheck } from '@tabler/icons-react';
import classes from '../../components/meeting/lobby/lobby.module.css';
import { useRecordText } from '../../hooks/meeting/use-record-text.ts';

interface ScannedLobbyProps {
  readonly state: MeetingState;
  readonly site: SiteId;
  readonly refusal: string | null;
  readonly busy: 'yes' | 'no';
  readonly onEnter: () => void;
  readonly onOtherwise: () => void;
}

/** Who has scanned a site's code checks in there with one touch (ATT4). */
export function ScannedLobby({ state, site, refusal, busy, onEnter, onOtherwise }: ScannedLobbyProps) {
  const t = useRecordText();
  const name = state.sites[site]?.name ?? '';
  return (
    <main className={classes.lobby} data-testid="scanned-lobby">
      <div className={classes.head}>
        <h1>{state.facts?.cellName}</h1>
        <p>{t('qr.scanned', { site: name })}</p>
      </div>
      {refusal !== null && (
        <p className={classes.note} role="alert">
          {refusal}
        </p>
      )}
      {refusal !== null && <p className={classes.note}>{t('qr.next')}</p>}
      {refusal === null && (
        <>
          <Button
            size="lg"
            mih={64}
            loading={busy === 'yes'}
            leftSection={<IconMapPinCheck size={24} />}
            onClick={onEnter}
            data-testid="enter-scanned"
          >
            {t('qr.enter', { site: name })}
          </Button>
          <p className={classes.note}>{t('qr.enterHint')}</p>
        </>
      )}
      <Button variant="default" mih={48} onClick={onOtherwise} data-testid="enter-otherwise">
        {t('qr.otherwise')}
      </Button>
    </main>
  );
}
