import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconEye, IconMessage, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type ListFilter, useDesk } from '../../hooks/wall/desk.ts';
import { useListed } from '../../hooks/wall/use-listed.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useEntries } from '../../hooks/wall/wall.ts';
import { Empty } from '../states.tsx';
import { CellRow } from './cell-row.tsx';
import classes from './list.module.css';

const filters: readonly ListFilter[] = ['all', 'live', 'alarmed', 'attended'];
/** Rows drawn at first, and with each look further down. */
const portion = 60;

/** Search and filter of the list. */
export function ListTools() {
  const t = useWallText();
  const desk = useDesk();
  return (
    <div className={classes.tools}>
      <TextInput
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={20} aria-hidden />}
        value={desk.search}
        onChange={(event) => desk.setSearch(event.currentTarget.value)}
        data-find
        flex={1}
      />
      <NativeSelect
        aria-label={t('list.filter')}
        value={desk.filter}
        onChange={(event) => {
          const chosen = filters.find((filter) => filter === event.currentTarget.value);
          if (chosen !== undefined) desk.setFilter(chosen);
        }}
        data={filters.map((filter) => ({ value: filter, label: t(`list.${filter}`) }))}
      />
    </div>
  );
}

/** Hundreds of rows: those further down are drawn when they come near. */
function useGrowing(count: number): {
  readonly shown: number;
  readonly end: (element: Element | null) => void;
} {
  const [shown, setShown] = useState(portion);
  const [end, setEnd] = useState<Element | null>(null);
  useEffect(() => {
    if (end === null) return;
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setShown((before) => before + portion);
      },
      { rootMargin: '600px' },
    );
    near.observe(end);
    return () => near.disconnect();
  }, [end]);
  return { shown: Math.min(shown, count), end: setEnd };
}

/** All cells, those that need attention and those in session first; chosen ones are attended, left or written to together. */
export function CellList({ order }: { readonly order: readonly MeetingId[] }) {
  const t = useWallText();
  const desk = useDesk();
  const entries = useEntries();
  const listed = useListed(order);
  const { shown, end } = useGrowing(listed.length);
  const chosen = listed.filter((meeting) => desk.selected.has(meeting));
  return (
    <aside className={classes.list} aria-label={t('list.title')} data-testid="wall-list">
      <ListTools />
      {listed.length > 0 && (
        <Checkbox
          className={classes.all ?? ''}
          label={chosen.length > 0 ? t('list.selected', { count: chosen.length }) : t('list.selectAll')}
          checked={chosen.length === listed.length}
          indeterminate={chosen.length > 0 && chosen.length < listed.length}
          onChange={(event) => desk.select(listed, event.currentTarget.checked ? 'on' : 'off')}
        />
      )}
      {chosen.length > 0 && <Together meetings={chosen} />}
      {desk.only !== null && (
        <Button variant="light" onClick={() => desk.setOnly(null)}>
          {t('list.onScreenAll')}
        </Button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className={classes.scroll} tabIndex={0}>
        {listed.length === 0 && entries.size > 0 && (
          <Empty
            action={
              <Button
                variant="default"
                onClick={() => {
                  desk.setSearch('');
                  desk.setFilter('all');
                }}
              >
                {t('empty.clear')}
              </Button>
            }
          >
            {t('empty.noMatch')}
          </Empty>
        )}
        <ul className={classes.rows}>
          {listed.slice(0, shown).map((meeting) => (
            <CellRow key={meeting} meeting={meeting} />
          ))}
        </ul>
        {shown < listed.length && <div ref={end} className={classes.end} />}
      </div>
    </aside>
  );
}

/** What can be done with all that are chosen. */
function Together({ meetings }: { readonly meetings: readonly MeetingId[] }) {
  const t = useWallText();
  const desk = useDesk();
  const entries = useEntries();
  const away = meetings.filter((meeting) => entries.get(meeting)?.attended === false);
  const attended = meetings.filter((meeting) => entries.get(meeting)?.attended === true);
  return (
    <div className={classes.together}>
      {away.length > 0 && (
        <Button
          leftSection={<IconEye size={20} aria-hidden />}
          onClick={() => desk.ask({ kind: 'attend', meetings: away, after: 'stay' })}
          data-testid="attend-selected"
        >
          {t('attending.attendSelected', { count: away.length })}
        </Button>
      )}
      {attended.length > 0 && (
        <Button variant="default" onClick={() => desk.ask({ kind: 'leave', meetings: attended })}>
          {t('attending.leaveSelected', { count: attended.length })}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconMessage size={20} aria-hidden />}
        onClick={() => desk.ask({ kind: 'message', meetings })}
        data-testid="message-selected"
      >
        {t('list.message')}
      </Button>
      <Button
        variant="default"
        onClick={() => {
          desk.setOnly(new Set(meetings));
          desk.setPage(0);
        }}
      >
        {t('list.onScreen')}
      </Button>
    </div>
  );
}
