import { IconUsers } from '@tabler/icons-react';
import { type ComponentPropsWithRef, useState } from 'react';
import { fetched } from '../../late.tsx';
import { LatePlace } from '../../missing-part.tsx';
import classes from './chrome.module.css';

const PresentHint = fetched(async () => (await import('./present-hint.tsx')).PresentHint);

interface FiguresProps extends ComponentPropsWithRef<'span'> {
  readonly figures: string;
  readonly quorum: 'met' | 'short';
}

/** The figures alone. */
export function PresentFigures({ figures, quorum, ...span }: FiguresProps) {
  return (
    <span {...span} className={classes.present} data-quorum={quorum} data-testid="present-count">
      <IconUsers size={15} aria-hidden />
      {figures}
    </span>
  );
}

export interface PresentCountProps extends FiguresProps {
  readonly hint: string;
}

/** How many are there; what it means is said when it is touched, and fetched then. */
export function PresentCount({ hint, ...figures }: PresentCountProps) {
  const [touched, setTouched] = useState(false);
  const alone = <PresentFigures {...figures} onPointerEnter={() => setTouched(true)} />;
  return touched ? (
    <LatePlace wait={alone} instead={alone} onMissing={() => setTouched(false)}>
      <PresentHint hint={hint} {...figures} />
    </LatePlace>
  ) : (
    alone
  );
}
