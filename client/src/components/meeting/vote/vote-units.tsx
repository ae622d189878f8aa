import { unreached, withoutMark } from '@diemcau/shared/domain/electorate.ts';
import { type UnitProgress, voteProgress } from '@diemcau/shared/domain/selectors.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { Button, Group, Modal } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf, titleOf, unitName } from '../../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { CountConfirm } from './count-confirm.tsx';
import { CountEntry } from './count-entry.tsx';
import { MarkConflicts } from './mark-conflicts.tsx';
import { MoveElector } from './move-elector.tsx';
import { PhoneCount } from './phone-count.tsx';
import { Recount } from './recount.tsx';
import classes from './vote.module.css';

function CountedUnit({ vote, progress }: { readonly vote: VoteState; readonly progress: UnitProgress }) {
  const { state } = useRoom();
  const t = useText();
  const record = useRecordText();
  const [entering, setEntering] = useState(false);
  const site = progress.unit.unit;
  if (site === 'remote') return null;
  const confirmedBy = vote.counts[site]?.confirmedBy ?? null;
  const words = {
    none: { icon: IconClock, tone: 'waiting', text: t('vote.unit.noCount') },
    mismatch: { icon: IconAlertTriangle, tone: 'waiting', text: t('vote.unit.mismatch') },
    entered: { icon: IconClock, tone: 'waiting', text: t('vote.unit.entered') },
    confirmed: {
      icon: IconCircleCheck,
      tone: 'done',
      text: t('vote.unit.confirmed', { name: confirmedBy === null ? '' : titleOf(state, confirmedBy) }),
    },
  } as const;
  const { icon: Icon, tone, text } = words[progress.count];
  return (
    <>
      <span className={classes.unitState} data-tone={tone}>
        <Icon size={18} aria-hidden />
        {text}
      </span>
      {(progress.count === 'entered' || progress.count === 'mismatch') && (
        <CountConfirm vote={vote} site={site} />
      )}
      {progress.count === 'confirmed' ? (
        <Recount vote={vote} site={site} />
      ) : (
        <Group gap="xs">
          <Button variant="default" h="auto" mih={48} py={6} onClick={() => setEntering(true)}>
            {record('count.enter')}
          </Button>
          <PhoneCount vote={vote} site={site} />
        </Group>
      )}
      <Modal
        opened={entering}
        onClose={() => setEntering(false)}
        title={t('terminal.countTitle', { site: unitName(state, site, t) })}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CountEntry vote={vote} site={site} size="device" onSent={() => setEntering(false)} />
      </Modal>
    </>
  );
}

function NamedUnit({ vote, progress }: { readonly vote: VoteState; readonly progress: UnitProgress }) {
  const { state } = useRoom();
  const t = useText();
  const { voted, electors, unit } = progress;
  const missing = unit.electors.filter((person) => vote.marked[person] === undefined);
  const out = unreached(state, vote).filter((person) => unit.electors.includes(person));
  const Icon = missing.length === 0 ? IconCircleCheck : IconClock;
  return (
    <>
      <span className={classes.unitState} data-tone={missing.length === 0 ? 'done' : 'waiting'}>
        <Icon size={18} aria-hidden />
        {t('vote.unit.marked', { marked: voted, electors })}
      </span>
      {missing.length > 0 && (
        <span className={classes.hint}>
          {t('vote.unit.missing', { names: namesOf(state, missing, t, 12) })}
        </span>
      )}
      {out.length > 0 && (
        <span className={classes.unitState} data-tone="waiting">
          <IconAlertTriangle size={18} aria-hidden />
          {t('vote.unit.unreachable', { names: namesOf(state, out, t, 12) })}
        </span>
      )}
    </>
  );
}

/** What is missing and where, unit by unit; the second person's confirmation stands with its count. */
export function VoteUnits({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  return (
    <>
      <ul className={classes.units} data-testid="vote-units">
        {voteProgress(vote).units.map((progress) => {
          const { unit } = progress;
          const byTeller = unit.unit !== 'remote' && unit.method === 'byTeller';
          return (
            <li key={unit.unit} className={classes.unit} data-testid={`unit-${unit.unit}`}>
              <div className={classes.unitHead}>
                <span className={classes.unitName}>{unitName(state, unit.unit, t)}</span>
                <span className={classes.hint}>
                  {t('vote.draft.unit', {
                    unit: t(byTeller ? 'vote.unit.byTeller' : 'vote.unit.byName'),
                    count: unit.electors.length,
                  })}
                </span>
              </div>
              {byTeller ? (
                <CountedUnit vote={vote} progress={progress} />
              ) : (
                <NamedUnit vote={vote} progress={progress} />
              )}
            </li>
          );
        })}
      </ul>
      <MarkConflicts vote={vote} />
      {may('moveElector') && withoutMark(vote).length + vote.units.length > 1 && <MoveElector vote={vote} />}
    </>
  );
}
