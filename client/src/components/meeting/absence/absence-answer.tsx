import type { AnnouncedAbsence } from '@diemcau/shared/domain/attendance-types.ts';
import { IconCircleCheck, IconCircleX, IconHourglass } from '@tabler/icons-react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import classes from './absence.module.css';

const icons = { none: IconHourglass, accepted: IconCircleCheck, refused: IconCircleX };

/** How an announced absence was answered, in words and with a sign. */
export function AbsenceAnswer({ answer }: { readonly answer: AnnouncedAbsence['answer'] }) {
  const t = useConductText();
  const Icon = icons[answer];
  return (
    <span className={classes.answer} data-answer={answer} data-testid="absence-answer">
      <Icon size={18} aria-hidden />
      {t(`absence.answer.${answer}`)}
    </span>
  );
}
