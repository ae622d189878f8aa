import { unitOf } from '@diemcau/shared/domain/electorate.ts';
import { sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { UnitKey } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { Button, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { titleOf, unitName } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './vote.module.css';

/** The clerk moves an elector to the unit where the hand is really taken, before that unit's count (VOTE5). */
export function MoveElector({ vote }: { readonly vote: VoteState }) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const [person, setPerson] = useState('');
  const [to, setTo] = useState('');
  const electors = vote.units.flatMap((unit) => unit.electors).filter((id) => vote.marked[id] === undefined);
  const from = person === '' ? undefined : unitOf(vote, person as PersonId)?.unit;
  const units: readonly UnitKey[] = [...sitesInOrder(state).map((site) => site.id), 'remote' as const];
  if (electors.length === 0) return null;
  const move = async () => {
    const moved = await give({
      type: 'moveElector',
      vote: vote.opening.vote,
      person: person as PersonId,
      to: to as UnitKey,
    });
    if (moved) setPerson('');
  };
  return (
    <details className={classes.task}>
      <summary>{t('vote.moveElector')}</summary>
      <Stack gap="xs">
        <NativeSelect
          label={t('vote.moveElectorWho')}
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
          data={[
            { value: '', label: '–' },
            ...electors.map((id) => ({ value: id as string, label: titleOf(state, id) })),
          ]}
        />
        <NativeSelect
          label={t('vote.moveElectorTo')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={[
            { value: '', label: '–' },
            ...units
              .filter((unit) => unit !== from)
              .map((unit) => ({ value: unit as string, label: unitName(state, unit, t) })),
          ]}
        />
        <Button
          variant="default"
          mih={48}
          loading={busy}
          disabled={person === '' || to === ''}
          onClick={move}
        >
          {t('vote.moveElectorDo')}
        </Button>
      </Stack>
    </details>
  );
}
