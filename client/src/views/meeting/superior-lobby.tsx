import { Button } from '@mantine/core';
import { IconArrowLeft, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { ChoiceCards } from '../../components/meeting/lobby/choice-cards.tsx';
import { DevicePreview } from '../../components/meeting/lobby/device-preview.tsx';
import classes from '../../components/meeting/lobby/lobby.module.css';
import type { LiveMeeting } from '../../hooks/meeting/use-live-meeting.ts';
import { useMediaText } from '../../hooks/meeting/use-media-text.ts';
import type { MediaWish } from '../../hooks/meeting/use-room-media.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { browserReach } from '../../store/browser-reach.ts';

interface SuperiorLobbyProps {
  readonly live: LiveMeeting;
  readonly cellName: string;
  readonly refusal: string | null;
  readonly busy: 'yes' | 'no';
  readonly onEnter: (wish: MediaWish) => void;
}

/** Before a superior attends: said plainly that everybody will see it. */
export function SuperiorLobby({ live, cellName, refusal, busy, onEnter }: SuperiorLobbyProps) {
  const t = useText();
  const words = useMediaText();
  const reach = browserReach();
  const secure = reach === 'full' || reach === 'inApp';
  const [wish, setWish] = useState<'full' | 'audio'>('full');
  return (
    <main className={classes.lobby} data-testid="lobby">
      <div className={classes.head}>
        <Button
          component={Link}
          to="/"
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconArrowLeft size={20} />}
        >
          {t('top.home')}
        </Button>
        <h1>{t('lobby.superiorTitle', { cell: cellName })}</h1>
        <p>{t('lobby.superiorHint')}</p>
      </div>
      {secure ? (
        <div className={classes.columns}>
          <ChoiceCards
            label={t('lobby.how')}
            value={wish}
            choices={[
              { value: 'full', label: words('mode.full'), hint: words('mode.fullHint') },
              { value: 'audio', label: words('mode.audio'), hint: words('mode.audioHint') },
            ]}
            onChange={setWish}
          />
          <DevicePreview local={live.local} wish={wish} />
        </div>
      ) : (
        <p className={classes.note}>
          {reach === 'insecure' ? t('lobby.insecure') : words('why.unsupported')}
        </p>
      )}
      {refusal !== null && (
        <p className={classes.note} role="alert">
          {refusal}
        </p>
      )}
      <Button
        size="lg"
        mih={56}
        loading={busy === 'yes'}
        leftSection={<IconEye size={22} />}
        onClick={() => onEnter(secure ? wish : 'data')}
        data-testid="enter"
        className={classes.enter ?? ''}
      >
        {t('lobby.attend')}
      </Button>
    </main>
  );
}
