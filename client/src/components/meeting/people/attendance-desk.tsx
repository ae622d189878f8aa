import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import { nameOf, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { plain } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { peopleGroups } from '../../../hooks/meeting/rosters.ts';
import { useAttendanceDesk } from '../../../hooks/meeting/use-attendance-desk.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { DeskRow } from './desk-row.tsx';
import classes from './people.module.css';
import { Figures, SuperiorList, useGroupTitle } from './people-list.tsx';
import { RollCall } from './roll-call.tsx';

/** The chair's and clerk's table of people: type to find, one key each for present, excused, absent; undo (ATT3). */
export function AttendanceDesk() {
  const { state } = useRoom();
  const t = useText();
  const desk = useAttendanceDesk();
  const titleOfGroup = useGroupTitle();
  const [wanted, setWanted] = useState('');
  const sites = sitesInOrder(state);
  const [where, setWhere] = useState<string>(sites[0]?.id ?? 'remote');
  const [excused, setExcused] = useState<PersonId | null>(null);
  const table = useRef<HTMLDivElement>(null);

  const presentEntry: ClerkEntry =
    where === 'remote' ? { mode: 'remote' } : { mode: 'onSite', site: where as SiteId };
  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>('[data-person]') ?? [])];
  const moveFocus = (by: 1 | -1) => {
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === 'ArrowDown') moveFocus(1);
    else if (event.key === 'ArrowUp') moveFocus(-1);
    else if (event.key.toLowerCase() === 'z') void desk.undo();
    else if (row?.dataset.person !== undefined) {
      const person = row.dataset.person as PersonId;
      const key = event.key.toLowerCase();
      if (key === 'c') void desk.record(person, presentEntry);
      else if (key === 'p') setExcused(person);
      else if (key === 'k') void desk.record(person, { mode: 'absentUnexcused' });
      else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const groups = peopleGroups(state)
    .map((group) => ({
      group,
      people: group.people.filter((entry) => plain(entry.name).includes(plain(wanted))),
    }))
    .filter(({ people }) => people.length > 0);
  return (
    <div className={classes.people} data-testid="attendance-desk">
      <Figures />
      <RollCall />
      <Group gap="xs" align="flex-end" wrap="nowrap" className={classes.tools}>
        <TextInput
          label={t('people.find')}
          placeholder={t('people.findKey')}
          leftSection={<IconSearch size={18} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              rows()[0]?.focus();
            }
          }}
          data-find
          flex={1}
        />
        <Select
          label={t('people.presentWhere')}
          allowDeselect={false}
          data={[
            ...sites.map((site) => ({ value: site.id as string, label: site.name })),
            { value: 'remote', label: t('people.presenceRemote') },
          ]}
          value={where}
          onChange={(value) => setWhere(value ?? 'remote')}
          flex={1}
        />
      </Group>
      <Group justify="space-between" gap="xs">
        <p className={classes.hint}>{t('people.keys')}</p>
        <Button
          variant="default"
          size="compact-md"
          mih={40}
          leftSection={<IconArrowBackUp size={18} />}
          disabled={desk.lastPerson === null}
          onClick={() => void desk.undo()}
        >
          {desk.lastPerson === null
            ? t('people.undo')
            : t('people.undoNamed', { name: nameOf(state, desk.lastPerson) })}
        </Button>
      </Group>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the focused row bubble up to here */}
      <div ref={table} onKeyDown={onKey}>
        <SuperiorList />
        {groups.length === 0 && <p className={classes.hint}>{t('people.nobody')}</p>}
        {groups.map(({ group, people }) => (
          <section key={group.kind === 'site' ? group.site.id : group.kind}>
            <h3 className={classes.groupTitle}>
              {titleOfGroup(group)} <span className={classes.count}>{people.length}</span>
            </h3>
            <ul className={classes.list}>
              {people.map((entry) => (
                <DeskRow
                  key={entry.person}
                  entry={entry}
                  onPresent={() => void desk.record(entry.person, presentEntry)}
                  onExcused={() => setExcused(entry.person)}
                  onEntry={(made) => void desk.record(entry.person, made)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Question
        opened={excused !== null}
        title={t('people.excuse', { name: excused === null ? '' : nameOf(state, excused) })}
        confirm={t('people.markExcused')}
        reason={t('people.reason')}
        onConfirm={(reason) => {
          if (excused !== null) void desk.record(excused, { mode: 'absentExcused', reason });
        }}
        onClose={() => setExcused(null)}
      />
    </div>
  );
}
