import { Tooltip } from '@mantine/core';
import { type PresentCountProps, PresentFigures } from './present-count.tsx';

/** The figures with what they mean, which stands there from the touch that fetched it. */
export function PresentHint({ hint, ...figures }: PresentCountProps) {
  return (
    <Tooltip label={hint} defaultOpened events={{ hover: true, focus: true, touch: true }}>
      <PresentFigures {...figures} />
    </Tooltip>
  );
}
