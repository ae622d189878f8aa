import type { MeetingPhase } from '@diemcau/shared/domain/state.ts';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A meeting's phase in words; colour only underlines it. */
export function PhaseBadge({ phase }: { readonly phase: MeetingPhase }) {
  const { t } = useTranslation('home');
  const live = phase === 'open';
  const warned = phase === 'suspended' || phase === 'interrupted';
  return (
    <Badge size="lg" radius="sm" variant={live ? 'filled' : 'default'} color={live ? 'son' : 'gray'}>
      {warned ? '⚠ ' : ''}
      {t(`phase.${phase}`)}
    </Badge>
  );
}
