import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './bar.module.css';

interface BarButtonProps extends ComponentPropsWithRef<'button'> {
  readonly icon: ReactNode;
  readonly label: string;
  /** What a screen reader says where the label is short. */
  readonly name?: string;
  readonly look?: 'plain' | 'on' | 'accent' | 'locked';
  readonly testId?: string;
}

/** A large button of the bar: sign above, word below. */
export function BarButton({ icon, label, name, look = 'plain', testId, ...button }: BarButtonProps) {
  return (
    <UnstyledButton
      {...button}
      className={classes.button}
      data-look={look}
      aria-label={name}
      aria-disabled={look === 'locked' ? true : undefined}
      title={name}
      data-testid={testId}
    >
      {icon}
      <span className={classes.label}>{label}</span>
    </UnstyledButton>
  );
}
