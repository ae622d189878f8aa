import { Radio } from '@mantine/core';
import classes from './lobby.module.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint: string;
  /** Why it can't be chosen here, in place of the hint; without it, it can. */
  readonly whyNot?: string | undefined;
}

interface ChoiceCardsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

/** One of several, each as a card with what it means. */
export function ChoiceCards<T extends string>({ label, value, choices, onChange }: ChoiceCardsProps<T>) {
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(next as T)} size="md">
      <div className={classes.cards}>
        {choices.map(({ value: own, label: name, hint, whyNot }) => (
          <Radio.Card
            key={own}
            value={own}
            disabled={whyNot !== undefined}
            className={classes.card ?? ''}
            radius="lg"
          >
            <Radio.Indicator aria-hidden disabled={whyNot !== undefined} />
            <span className={classes.cardText}>
              <span className={classes.cardLabel}>{name}</span>
              {(whyNot ?? hint) !== '' && <span className={classes.cardHint}>{whyNot ?? hint}</span>}
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
