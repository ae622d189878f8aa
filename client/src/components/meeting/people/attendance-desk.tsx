import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { nameOf } from '@diemcau/shared/domain/selectors.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { Button, Group } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { chosen, entryOf, matching, rollTargets } from '../../../hooks/meeting/roll-typing.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { concerned, peopleGroups } from '../../../hooks/meeting/rosters.ts';
import { useAttendanceDesk } from '../../../hooks/meeting/use-attendance-desk.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { DeskRow } from './desk-row.tsx';
import { LineBadge } from './line-badge.tsx';
import classes from './people.module.css';
import { Figures, SuperiorList, useGroupTitle } from './people-list.tsx';
import { modeWord } from './presence-badge.tsx';
import { RollCall } from './roll-call.tsx';
import { RollField } from './roll-field.tsx';

interface AttendanceDeskProps {
  /** For whom the viewer may issue a code on the spot (ID1). */
  readonly codeTakers: readonly RollEntry[];
  readonly onCode: (person: PersonId) => void;
  readonly codeWindow: 'open' | 'closed';
}

/** The chair's and clerk's table of people: type to find, one key each for present, excused, absent; undo (ATT3). */
export function AttendanceDesk({ codeTakers, onCode, codeWindow }: AttendanceDeskProps) {
  const { state } = useRoom();
  const t = useText();
  const desk = useAttendanceDesk();
  const titleOfGroup = useGroupTitle();
  const [wanted, setWanted] = useState('');
  const conduct = useConductText();
  const targets = rollTargets(state);
  const [at, setAt] = useState(0);
  const [excused, setExcused] = useState<PersonId | null>(null);
  const table = useRef<HTMLDivElement>(null);

  const target = targets[at] ?? { kind: 'remote' };
  const places = targets.filter(({ kind }) => kind === 'site' || kind === 'remote');
  const presentEntry: ClerkEntry = entryOf(places.includes(target) ? target : (places[0] ?? target)) ?? {
    mode: 'remote',
  };
  const people = concerned(state);
  const found = matching(people, wanted);
  const best = chosen(
    people,
    wanted,
    ({ person }) => attendanceOf(state, person).presence.mode !== 'expected',
  );
  const takesCode = (person: PersonId) => codeTakers.some((entry) => entry.person === person);
  const recordTarget = (person: PersonId) => {
    const entry = entryOf(target);
    setWanted('');
    document.querySelector<HTMLInputElement>('input[data-find]')?.focus();
    if (entry === null) setExcused(person);
    else void desk.record(person, entry);
  };
  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>('[data-person]') ?? [])];
  const moveFocus = (by: 1 | -1) => {
    const all = rows();
    const from = all.indexOf(document.activeElement as HTMLElement);
    all[Math.min(Math.max(from + by, 0), all.length - 1)]?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A key that is pressed before a window has drawn the focus to itself was meant for the window.
    if (excused !== null || codeWindow === 'open') return;
    // The row's own buttons keep their keys.
    const row = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === 'ArrowDown') moveFocus(1);
    else if (event.key === 'ArrowUp') moveFocus(-1);
    else if (event.key.toLowerCase() === 'z') void desk.undo();
    else if (row?.dataset.person !== undefined) {
      const person = row.dataset.person as PersonId;
      const key = event.key.toLowerCase();
      if (key === 'enter') recordTarget(person);
      else if (key === 'c') void desk.record(person, presentEntry);
      else if (key === 'p') setExcused(person);
      else if (key === 'k') void desk.record(person, { mode: 'absentUnexcused' });
      else if (key === 'd' && takesCode(person)) onCode(person);
      else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const groups = peopleGroups(state)
    .map((group) => ({
      group,
      people: group.people.filter((entry) => found.includes(entry)),
    }))
    .filter(({ people }) => people.length > 0);
  return (
    <div className={classes.people} data-testid="attendance-desk">
      <Figures />
      <RollCall />
      <RollField
        targets={targets}
        target={at}
        onTarget={setAt}
        typed={wanted}
        onTyped={setWanted}
        best={best}
        found={found.length}
        onEnter={() => {
          if (best) recordTarget(best.person);
          else rows()[0]?.focus();
        }}
        onDown={() => rows()[0]?.focus()}
        onUndo={() => void desk.undo()}
        last={
          desk.lastPerson === null
            ? ''
            : conduct('roll.done', {
                name: nameOf(state, desk.lastPerson),
                entry: t(`people.${modeWord(attendanceOf(state, desk.lastPerson).presence.mode)}`),
              })
        }
      />
      <Group justify="space-between" gap="xs">
        <p className={classes.hint}>
          {t('people.keys')}
          {codeTakers.length > 0 && ` · ${conduct('code.key')}`}
        </p>
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
              {group.kind === 'site' && <LineBadge owner={{ kind: 'site', site: group.site.id }} />}
            </h3>
            <ul className={classes.list}>
              {people.map((entry) => (
                <DeskRow
                  key={entry.person}
                  entry={entry}
                  onPresent={() => void desk.record(entry.person, presentEntry)}
                  onExcused={() => setExcused(entry.person)}
                  onCode={takesCode(entry.person) ? () => onCode(entry.person) : undefined}
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
