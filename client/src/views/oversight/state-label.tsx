import '../../i18n/oversight-texts.ts';
import type { CoverageState } from '@diemcau/shared/domain/visits.ts';
import {
  IconAlertTriangle,
  IconCalendarCheck,
  IconCalendarOff,
  IconCalendarQuestion,
  IconCircleCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './visits.module.css';

/** A sign for each state, so that it is told apart without colour. */
export const stateIcons: { readonly [S in CoverageState]: typeof IconCircleCheck } = {
  overdue: IconAlertTriangle,
  missed: IconCalendarOff,
  nothingPlanned: IconCalendarQuestion,
  planned: IconCalendarCheck,
  done: IconCircleCheck,
};

export function StateLabel({ state }: { readonly state: CoverageState }) {
  const { t } = useTranslation('oversight');
  const Icon = stateIcons[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={20} aria-hidden />
      {t(`visit.state.${state}`)}
    </span>
  );
}
