import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { Loader, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { choices } from './choices.ts';
import classes from './vote.module.css';

interface ChoiceButtonsProps {
  /** What stands recorded. */
  readonly chosen: Choice | null;
  /** What is under way. */
  readonly sending: Choice | null;
  readonly onChoose: (choice: Choice) => void;
}

/** Three choices across the full width; what is chosen carries a check mark, not only a colour. */
export function ChoiceButtons({ chosen, sending, onChoose }: ChoiceButtonsProps) {
  const t = useText();
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.hidden}>{t('vote.title')}</legend>
      {choices.map(({ choice, icon: Icon }) => (
        <UnstyledButton
          key={choice}
          className={classes.choice}
          data-choice={choice}
          aria-pressed={chosen === choice}
          onClick={() => onChoose(choice)}
          data-testid={`choice-${choice}`}
        >
          <Icon size={24} aria-hidden />
          <span className={classes.choiceText}>{t(`vote.${choice}`)}</span>
          {sending === choice ? (
            <Loader size={20} color="currentcolor" aria-label={t('vote.sent')} />
          ) : (
            chosen === choice && <IconCheck size={24} aria-hidden />
          )}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
