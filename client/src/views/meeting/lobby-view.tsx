import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconDoorEnter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { late } from '../../components/late.tsx';
import { ChoiceCards } from '../../components/meeting/lobby/choice-cards.tsx';
import { DevicePreview } from '../../components/meeting/lobby/device-preview.tsx';
import classes from '../../components/meeting/lobby/lobby.module.css';
import { readsAbsences } from '../../hooks/meeting/reads-absences.ts';
import { timeOfDay } from '../../hooks/meeting/time.ts';
import { useConductText } from '../../hooks/meeting/use-conduct-text.ts';
import type { LiveMeeting } from '../../hooks/meeting/use-live-meeting.ts';
import { useMediaText } from '../../hooks/meeting/use-media-text.ts';
import type { MediaWish } from '../../hooks/meeting/use-room-media.ts';
import { useLocale, useText } from '../../hooks/meeting/use-text.ts';
import { browserReach } from '../../store/browser-reach.ts';

const AnnouncedAbsences = late(
  async () => (await import('../../components/meeting/absence/announced-absences.tsx')).AnnouncedAbsences,
);
const OwnAbsence = late(
  async () => (await import('../../components/meeting/absence/own-absence.tsx')).OwnAbsence,
);

/** Where somebody takes part, and with what. */
export interface Entrance {
  readonly place: 'remote' | SiteId;
  readonly wish: MediaWish;
}

interface LobbyViewProps {
  readonly live: LiveMeeting;
  readonly state: MeetingState;
  readonly person: PersonId;
  readonly refusal: string | null;
  readonly busy: 'yes' | 'no';
  readonly onEnter: (entrance: Entrance) => void;
}

function useWishes() {
  const t = useText();
  const words = useMediaText();
  // Without encryption the browser gives neither camera nor microphone to the page.
  const reach = browserReach();
  const whyNot =
    reach === 'insecure'
      ? t('lobby.needsEncryption')
      : reach === 'unsupported'
        ? words('why.unsupported')
        : undefined;
  return [
    { value: 'full', label: words('mode.full'), hint: words('mode.fullHint'), whyNot },
    { value: 'audio', label: words('mode.audio'), hint: words('mode.audioHint'), whyNot },
    { value: 'data', label: words('mode.data'), hint: words('mode.dataHint') },
  ] as const;
}

/** Before entering: where one sits, with what one takes part, and whether camera and microphone work. */
export function LobbyView({ live, state, person, refusal, busy, onEnter }: LobbyViewProps) {
  const t = useText();
  const conduct = useConductText();
  const locale = useLocale();
  const wishes = useWishes();
  const { presence } = attendanceOf(state, person);
  const [place, setPlace] = useState<'remote' | SiteId>(
    presence.mode === 'onSite' ? presence.site : 'remote',
  );
  const give = (command: ClientCommand) => live.client.command(command).answer;
  const reach = browserReach();
  const secure = reach === 'full' || reach === 'inApp';
  const [wish, setWish] = useState<MediaWish>(reach === 'full' ? 'full' : 'data');
  const early = state.phase === 'created' || state.phase === 'none';
  const places = [
    { value: 'remote' as const, label: t('lobby.remote'), hint: t('lobby.remoteHint') },
    ...sitesInOrder(state).map((site) => ({
      value: site.id,
      label: site.name,
      hint: [site.isMain ? t('lobby.siteMain') : '', site.id === place ? t('lobby.siteHint') : '']
        .filter((part) => part !== '')
        .join('. '),
    })),
  ];
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
        <h1>{state.facts?.cellName}</h1>
        <p>
          {state.facts?.title}
          {state.phase === 'summoned' && state.facts
            ? ` · ${t('top.startsAt', { time: timeOfDay(state.facts.startsAt, locale) })}. ${t('lobby.waiting')}`
            : ` · ${t(`phase.${state.phase}`)}`}
        </p>
      </div>
      {presence.mode === 'absentExcused' && <p className={classes.note}>{t('lobby.absentNow')}</p>}
      {early ? (
        <p className={classes.note}>{t('lobby.notYet')}</p>
      ) : (
        <div className={classes.columns}>
          <ChoiceCards label={t('lobby.where')} value={place} choices={places} onChange={setPlace} />
          {place === 'remote' && (
            <div className={classes.devices}>
              <ChoiceCards label={t('lobby.how')} value={wish} choices={wishes} onChange={setWish} />
              {reach === 'insecure' && <p className={classes.note}>{t('lobby.insecure')}</p>}
              {secure && wish !== 'data' && <DevicePreview local={live.local} wish={wish} />}
            </div>
          )}
        </div>
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
        disabled={early}
        leftSection={<IconDoorEnter size={22} />}
        onClick={() => onEnter({ place, wish: place === 'remote' ? wish : 'data' })}
        data-testid="enter"
        className={classes.enter ?? ''}
      >
        {t('lobby.enter')}
      </Button>
      {(state.phase === 'summoned' || state.announced[person] !== undefined) && (
        <details className={classes.absence} open={state.announced[person] !== undefined}>
          <summary>{conduct('absence.announce')}</summary>
          <OwnAbsence state={state} person={person} give={give} />
        </details>
      )}
      {readsAbsences(state, person) && <AnnouncedAbsences state={state} person={person} give={give} />}
    </main>
  );
}
