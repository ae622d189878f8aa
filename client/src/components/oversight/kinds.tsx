import '../../i18n/oversight-texts.ts';
import type { ObservationKind } from '@diemcau/shared/domain/observations.ts';
import { IconAlertTriangle, IconArrowUpCircle, IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './oversight.module.css';

/** A sign for each kind, so that it is told apart without colour. */
export const kindIcons: { readonly [K in ObservationKind]: typeof IconBulb } = {
  goodPractice: IconBulb,
  shortcoming: IconAlertTriangle,
  proposal: IconArrowUpCircle,
};

export function KindLabel({ kind }: { readonly kind: ObservationKind }) {
  const { t } = useTranslation('oversight');
  const Icon = kindIcons[kind];
  return (
    <span className={classes.kind} data-kind={kind}>
      <Icon size={20} aria-hidden />
      {t(`kind.${kind}`)}
    </span>
  );
}
