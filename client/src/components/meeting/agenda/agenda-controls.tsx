import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerTrackNext, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { nextItem } from '../../../hooks/meeting/next-item.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './agenda.module.css';
import { ItemForm } from './item-form.tsx';

/** Next item, skip, defer, add: the chair's hands on the programme. */
export function AgendaControls() {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const { give, busy } = useGive();
  const [adding, setAdding] = useState(false);
  const next = nextItem(state);
  const current = currentItem(state);
  const mayMove = may('moveAgenda') && state.phase === 'open';
  const preparing = state.phase === 'created' || state.phase === 'summoned';
  const mayAdd = may('moveAgenda') ? state.endedAt === null : may('addAgendaItem') && preparing;
  const move = (leaveAs: 'done' | 'skipped' | 'deferred') =>
    void give({ type: 'moveAgenda', to: next?.id ?? null, leaveAs });
  if (!mayMove && !mayAdd) return null;
  return (
    <div className={classes.controls}>
      {mayMove && (next !== null || current !== null) && (
        <Button.Group>
          <Button
            fullWidth
            mih={48}
            loading={busy}
            disabled={state.openVote !== null}
            leftSection={<IconPlayerTrackNext size={20} />}
            onClick={() => move('done')}
            data-testid="agenda-next"
            classNames={{ root: classes.nextButton ?? '', label: classes.nextLabel ?? '' }}
          >
            {next === null ? t('agenda.finish') : t('agenda.nextNamed', { title: next.title })}
          </Button>
          <Menu position="top-end">
            <Menu.Target>
              <Button
                mih={48}
                px="sm"
                disabled={state.openVote !== null || current === null}
                aria-label={t('agenda.actions', { title: current?.title ?? '' })}
                className={classes.nextMore ?? ''}
              >
                <IconChevronDown size={18} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => move('skipped')}>{t('agenda.skipCurrent')}</Menu.Item>
              <Menu.Item onClick={() => move('deferred')}>{t('agenda.deferCurrent')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      )}
      {mayAdd && (
        <Button
          variant="default"
          mih={48}
          leftSection={<IconPlus size={18} />}
          onClick={() => setAdding(true)}
        >
          {t('agenda.add')}
        </Button>
      )}
      <ItemForm opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
