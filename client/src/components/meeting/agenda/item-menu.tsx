import type { AgendaItem } from '@diemcau/shared/domain/state.ts';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCircleMinus,
  IconClockPause,
  IconDotsVertical,
  IconPencil,
  IconPlayerPlay,
  IconRestore,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { ItemForm } from './item-form.tsx';

/** What the chair can do with one item of the programme. */
export function ItemMenu({ item }: { readonly item: AgendaItem }) {
  const { state } = useRoom();
  const t = useText();
  const conduct = useConductText();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const { give } = useGive();
  const order = state.agenda.map(({ id }) => id);
  const index = order.indexOf(item.id);
  const shift = (by: 1 | -1) => {
    const next = order.filter((id) => id !== item.id);
    next.splice(index + by, 0, item.id);
    void give({ type: 'reorderAgenda', order: next });
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t('agenda.actions', { title: item.title })}
          >
            <IconDotsVertical size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {item.state !== 'current' && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={18} />}
              disabled={state.phase !== 'open'}
              onClick={() => void give({ type: 'moveAgenda', to: item.id, leaveAs: 'done' })}
            >
              {t('agenda.goTo')}
            </Menu.Item>
          )}
          {item.state === 'pending' && (
            <>
              <Menu.Item
                leftSection={<IconCircleMinus size={18} />}
                onClick={() => void give({ type: 'markAgendaItem', item: item.id, state: 'skipped' })}
              >
                {t('agenda.skip')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconClockPause size={18} />}
                onClick={() => void give({ type: 'markAgendaItem', item: item.id, state: 'deferred' })}
              >
                {t('agenda.defer')}
              </Menu.Item>
            </>
          )}
          {(item.state === 'skipped' || item.state === 'deferred') && (
            <Menu.Item
              leftSection={<IconRestore size={18} />}
              onClick={() => void give({ type: 'markAgendaItem', item: item.id, state: 'pending' })}
            >
              {t('agenda.restore')}
            </Menu.Item>
          )}
          {(item.state === 'pending' || item.state === 'current') && may('editAgendaItem') && (
            <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => setEditing(true)}>
              {conduct('agenda.edit')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconArrowUp size={18} />} disabled={index === 0} onClick={() => shift(-1)}>
            {t('agenda.up')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={18} />}
            disabled={index === order.length - 1}
            onClick={() => shift(1)}
          >
            {t('agenda.down')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing && <ItemForm opened item={item} onClose={() => setEditing(false)} />}
    </>
  );
}
