import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { Button, Stack } from '@mantine/core';
import { IconLock, IconPlayerPause, IconPlayerPlay, IconPlugConnectedX, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { ClosingPanel } from './closing-panel.tsx';
import classes from './control.module.css';
import { OfficersForm } from './officers-form.tsx';
import { SiteControls } from './site-controls.tsx';

/** What an open meeting's chair does next; the steps of MEET1 and MEET3 in their order. */
function nextStep(state: MeetingState): 'rollCall' | 'vote' | 'items' | 'close' {
  if (state.rollCall === 'pending') return 'rollCall';
  if (state.openVote !== null) return 'vote';
  return state.minutesAdopted ? 'close' : 'items';
}

/** The course of the meeting: summon, open, suspend, go on, interrupt, close, seal. */
export function ControlPanel() {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const roles = useRoles();
  const { give, busy } = useGive();
  const [asking, setAsking] = useState<'suspend' | 'interrupt' | null>(null);
  const { phase } = state;
  // The clerk may only without a successor to the chair; then the banner offers it (CHAIR2).
  const conducts = roles.has('chair');
  return (
    <Stack gap="lg" data-testid="control-panel">
      <Stack gap="xs">
        <p className={classes.phase} data-testid="phase">
          {t(`phase.${phase}`)}
        </p>
        {phase === 'created' && may('summonMeeting') && (
          <Button
            mih={48}
            loading={busy}
            leftSection={<IconSend size={20} />}
            onClick={() => void give({ type: 'summonMeeting' })}
          >
            {t('control.summon')}
          </Button>
        )}
        {phase === 'summoned' && may('openMeeting') && (
          <>
            <p className={classes.hint}>{t('control.openHint')}</p>
            <Button
              mih={56}
              loading={busy}
              leftSection={<IconPlayerPlay size={22} />}
              onClick={() => void give({ type: 'openMeeting' })}
              data-testid="open-meeting"
            >
              {t('control.open')}
            </Button>
          </>
        )}
        {phase === 'open' && conducts && (
          <p className={classes.hint} data-testid="next-step">
            {t(`control.next.${nextStep(state)}`)}
          </p>
        )}
        {phase === 'suspended' && may('continueMeeting') && (
          <Button
            mih={48}
            loading={busy}
            leftSection={<IconPlayerPlay size={20} />}
            onClick={() => void give({ type: 'continueMeeting' })}
          >
            {t('control.continue')}
          </Button>
        )}
        {phase === 'interrupted' && may('resumeMeeting') && (
          <Button
            mih={48}
            loading={busy}
            leftSection={<IconPlayerPlay size={20} />}
            onClick={() => void give({ type: 'resumeMeeting' })}
          >
            {t('control.resume')}
          </Button>
        )}
        {phase === 'open' && may('suspendMeeting') && conducts && (
          <Button
            variant="default"
            mih={48}
            disabled={state.openVote !== null}
            leftSection={<IconPlayerPause size={20} />}
            onClick={() => setAsking('suspend')}
          >
            {t('control.suspend')}
          </Button>
        )}
        {phase === 'closed' && may('sealRecord') && (
          <>
            <p className={classes.hint}>{t('control.sealHint')}</p>
            <Button
              mih={48}
              loading={busy}
              leftSection={<IconLock size={20} />}
              onClick={() => void give({ type: 'sealRecord' })}
              data-testid="seal-record"
            >
              {t('control.seal')}
            </Button>
          </>
        )}
        {phase === 'sealed' && <p className={classes.hint}>{t('control.sealed')}</p>}
      </Stack>
      {phase === 'open' && may('closeMeeting') && <ClosingPanel />}
      <SiteControls />
      {may('nameOfficers') && state.endedAt === null && <OfficersForm />}
      {(phase === 'open' || phase === 'suspended') && may('interruptMeeting') && conducts && (
        <Button
          variant="subtle"
          color="gray"
          mih={48}
          leftSection={<IconPlugConnectedX size={20} />}
          onClick={() => setAsking('interrupt')}
        >
          {t('control.interrupt')}
        </Button>
      )}
      <Question
        opened={asking === 'suspend'}
        title={t('control.suspend')}
        reason={t('control.reason')}
        confirm={t('control.suspend')}
        onConfirm={(reason) => void give({ type: 'suspendMeeting', reason })}
        onClose={() => setAsking(null)}
      />
      <Question
        opened={asking === 'interrupt'}
        title={t('control.interrupt')}
        hint={t('control.interruptHint')}
        reason={t('control.reason')}
        confirm={t('control.interrupt')}
        onConfirm={(reason) => void give({ type: 'interruptMeeting', reason })}
        onClose={() => setAsking(null)}
      />
    </Stack>
  );
}
