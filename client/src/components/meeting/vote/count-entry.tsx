import { doNotCount, electorsAt } from '@diemcau/shared/domain/count.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { sumOf } from '@diemcau/shared/domain/tally.ts';
import type { Counts } from '@diemcau/shared/domain/vote-types.ts';
import type { PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBackspace, IconCircleCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { namesOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './count.module.css';

const fields = ['inFavour', 'against', 'noOpinion', 'notVoted'] as const;
type Field = (typeof fields)[number];
type Digits = { readonly [field in Field]: string };
const blank: Digits = { inFavour: '', against: '', noOpinion: '', notVoted: '' };

function countsOf(digits: Digits): Counts {
  const number = (field: Field) => Number.parseInt(digits[field] || '0', 10);
  return {
    inFavour: number('inFavour'),
    against: number('against'),
    noOpinion: number('noOpinion'),
    notVoted: number('notVoted'),
  };
}

interface CountEntryProps {
  readonly vote: VoteState;
  readonly site: SiteId;
  /** `hall` is read from five metres. */
  readonly size: 'hall' | 'device';
  readonly onSent?: () => void;
  /** Who reads the numbers by telephone, for a site whose line is gone (VOTE17). */
  readonly readBy?: PersonId;
}

/** The teller's four numbers, their sum against the site's electors, and who is not to be counted (VOTE6, VOTE16). */
export function CountEntry({ vote, site, size, onSent, readBy }: CountEntryProps) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const figures = vote.figures[site]?.counts;
  const [digits, setDigits] = useState<Digits>(
    figures
      ? {
          inFavour: String(figures.inFavour),
          against: String(figures.against),
          noOpinion: String(figures.noOpinion),
          notVoted: String(figures.notVoted),
        }
      : blank,
  );
  const [active, setActive] = useState<Field>('inFavour');
  const inputs = useRef<Partial<Record<Field, HTMLInputElement | null>>>({});
  const electors = electorsAt(vote, site);
  const leave = doNotCount(state, vote, site);
  const counts = countsOf(digits);
  const sum = sumOf(counts);
  const set = (field: Field, value: string) =>
    setDigits((now) => ({ ...now, [field]: value.replace(/\D/g, '').slice(0, 4) }));
  const press = (digit: string) => {
    set(active, `${digits[active]}${digit}`);
    inputs.current[active]?.focus();
  };
  const send = async () => {
    const means = readBy === undefined ? {} : ({ means: 'telephone', readBy } as const);
    if (await give({ type: 'enterCount', vote: vote.opening.vote, site, counts, ...means })) onSent?.();
  };
  const sumText =
    sum === electors
      ? t('terminal.sumRight')
      : sum < electors
        ? t('terminal.sumShort', { count: electors - sum })
        : t('terminal.sumOver', { count: sum - electors });
  return (
    <form
      className={classes.entry}
      data-size={size}
      data-testid="count-entry"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className={classes.facts}>
        <strong>{t('terminal.electors', { count: electors })}</strong>
        <span data-testid="do-not-count">
          {leave.length === 0
            ? t('terminal.doNotCountNone')
            : t('terminal.doNotCount', { names: namesOf(state, leave, t, 30) })}
        </span>
      </div>
      <div className={classes.fields}>
        {fields.map((field) => (
          <label key={field} className={classes.field} data-active={active === field ? 'yes' : 'no'}>
            <span>{t(`vote.${field}`)}</span>
            <input
              ref={(element) => {
                inputs.current[field] = element;
              }}
              value={digits[field]}
              inputMode={size === 'hall' ? 'none' : 'numeric'}
              pattern="[0-9]*"
              autoComplete="off"
              placeholder="0"
              onFocus={() => setActive(field)}
              onChange={(event) => set(field, event.currentTarget.value)}
              data-testid={`count-${field}`}
            />
          </label>
        ))}
      </div>
      <p
        className={classes.sum}
        data-right={sum === electors ? 'yes' : 'no'}
        aria-live="polite"
        data-testid="count-sum"
      >
        {sum === electors ? (
          <IconCircleCheck aria-hidden className={classes.sumIcon} />
        ) : (
          <IconAlertTriangle aria-hidden className={classes.sumIcon} />
        )}
        {t('terminal.sum', { sum, electors })} · {sumText}
      </p>
      {size === 'hall' && (
        <fieldset className={classes.keypad}>
          <legend className={classes.hidden}>{t('terminal.keypad')}</legend>
          {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
            <button key={digit} type="button" onClick={() => press(digit)}>
              {digit}
            </button>
          ))}
          <button type="button" onClick={() => set(active, '')}>
            {t('terminal.clear')}
          </button>
          <button type="button" onClick={() => press('0')}>
            0
          </button>
          <button
            type="button"
            aria-label={t('terminal.erase')}
            onClick={() => set(active, digits[active].slice(0, -1))}
          >
            <IconBackspace aria-hidden />
          </button>
        </fieldset>
      )}
      <Button type="submit" size="lg" mih={56} loading={busy} data-testid="count-send">
        {t('terminal.send')}
      </Button>
    </form>
  );
}
