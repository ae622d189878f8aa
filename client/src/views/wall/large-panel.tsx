import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { Programme } from '../../components/meeting/agenda/programme.tsx';
import { useMyself, useRoom } from '../../hooks/meeting/room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { type RoomTab, RoomTabContent, useRoomTabs } from '../meeting/room-tabs.tsx';
import classes from './wall.module.css';

type LargeTab = 'programme' | RoomTab;
/** What anybody in the meeting may see; the rest of a superior's tabs is not for who stands on the cell's own roll (SUP9). */
const common: ReadonlySet<LargeTab> = new Set<LargeTab>(['people', 'queue', 'vote']);

function useLargeTabs(): readonly LargeTab[] {
  const { state } = useRoom();
  const myself = useMyself();
  const own = myself !== null && state.roll[myself] !== undefined;
  const tabs = useRoomTabs().filter((name) => name !== 'control' && (common.has(name) || !own));
  return ['programme', ...tabs];
}

/** Programme, people, queue, vote and observations of the meeting that is large. */
export function LargePanel() {
  const t = useText();
  const wall = useWallText();
  const { state } = useRoom();
  const tabs = useLargeTabs();
  const [tab, setTab] = useState<LargeTab>(state.openVote === null ? 'programme' : 'vote');
  const counts: { readonly [T in LargeTab]?: number } = {
    queue: state.speaking.queue.length,
    vote: state.openVote === null ? 0 : 1,
  };
  return (
    <aside className={classes.largePanel} aria-label={wall('large.panel')}>
      <Tabs
        value={tab}
        onChange={(value) => setTab(tabs.find((name) => name === value) ?? 'programme')}
        className={classes.tabs ?? ''}
        keepMounted={false}
      >
        <Tabs.List grow className={classes.tabList ?? ''}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} px={6}>
              {t(`tab.${name}`)}
              {(counts[name] ?? 0) > 0 && <span className={classes.tabCount}>{counts[name]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((name) => (
          <Tabs.Panel key={name} value={name} className={classes.tabPanel ?? ''}>
            {name === 'programme' ? <Programme heading="elsewhere" /> : <RoomTabContent tab={name} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </aside>
  );
}
