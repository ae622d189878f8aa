import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { Button, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import type { RollTarget } from '../../../hooks/meeting/roll-typing.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './roll-field.module.css';

interface RollFieldProps {
  readonly targets: readonly RollTarget[];
  readonly target: number;
  readonly onTarget: (index: number) => void;
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  /** Whom Enter would record. */
  readonly best: RollEntry | null;
  readonly found: number;
  readonly onEnter: () => void;
  readonly onDown: () => void;
  readonly onUndo: () => void;
  /** Said to all who listen: the last entry. */
  readonly last: string;
}

/** The roll call in one field: a number chooses what Enter records, letters find the person, Enter records. */
export function RollField(props: RollFieldProps) {
  const { targets, target, typed, best, found } = props;
  const { state } = useRoom();
  const t = useConductText();
  const texts = useText();
  const nameOfTarget = (one: RollTarget) => (one.kind === 'site' ? one.name : t(`roll.${one.kind}`));
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const empty = typed === '';
    const number = Number(event.key);
    if (event.key === 'ArrowDown') props.onDown();
    else if (event.key === 'Enter') props.onEnter();
    else if (event.key === 'Escape' && !empty) props.onTyped('');
    else if (empty && event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) props.onUndo();
    else if (empty && number >= 1 && number <= targets.length) props.onTarget(number - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const hint =
    typed === ''
      ? props.last
      : best
        ? t('roll.next', { name: titleOf(state, best.person) })
        : found === 0
          ? t('roll.none')
          : t('roll.several', { count: found });
  return (
    <>
      <p className={classes.label} id="roll-targets">
        {t('roll.enter')}
      </p>
      <div className={classes.targets} role="radiogroup" aria-labelledby="roll-targets">
        {targets.map((one, index) => (
          <Button
            key={one.kind === 'site' ? one.site : one.kind}
            role="radio"
            aria-checked={index === target}
            variant={index === target ? 'filled' : 'default'}
            mih={48}
            leftSection={<Kbd aria-hidden>{index + 1}</Kbd>}
            onClick={() => props.onTarget(index)}
            data-testid="roll-target"
          >
            {nameOfTarget(one)}
          </Button>
        ))}
      </div>
      <div className={classes.field}>
        <TextInput
          label={texts('people.find')}
          description={t('roll.help')}
          placeholder={texts('people.findKey')}
          leftSection={<IconSearch size={18} aria-hidden />}
          size="md"
          value={typed}
          onChange={(event) => props.onTyped(event.currentTarget.value)}
          onKeyDown={onKey}
          autoComplete="off"
          spellCheck={false}
          data-find
        />
        <p className={classes.hint} role="status" data-testid="roll-hint">
          {hint}
        </p>
      </div>
    </>
  );
}
