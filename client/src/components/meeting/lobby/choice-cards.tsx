import { Radio } from '@mantine/core';
import classes from './lobby.module.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint: string;
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
        {choices.map((choice) => (
          <Radio.Card key={choice.value} value={choice.value} className={classes.card ?? ''} radius="lg">
            <Radio.Indicator aria-hidden />
            <span className={classes.cardText}>
              <span className={classes.cardLabel}>{choice.label}</span>
              {choice.hint !== '' && <span className={classes.cardHint}>{choice.hint}</span>}
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
