import '../../i18n/oversight-texts.ts';
import type { Day } from '@diemcau/shared/domain/visits.ts';
import type { VisitPlanId } from '@diemcau/shared/ids.ts';
import type { CellCoverage } from '@diemcau/shared/protocol/http.ts';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { useWrite } from '../../hooks/use-route.ts';
import { DayField, isPlannable } from './day-field.tsx';

/** Moves a planned visit to another day. */
export function MoveForm({
  cell,
  planId,
  today,
  onClose,
}: {
  readonly cell: CellCoverage;
  readonly planId: VisitPlanId;
  readonly today: Day;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('oversight');
  const { write, busy } = useWrite();
  const plan = cell.plans.find(({ id }) => id === planId);
  const [day, setDay] = useState<string>(plan && plan.day >= today ? plan.day : '');
  const [tried, setTried] = useState(false);
  const save = async () => {
    setTried(true);
    if (!isPlannable(day, today)) return null;
    const answer = await write('moveVisit', { params: { visitPlanId: planId }, body: { day } });
    if (answer.ok) notifications.show({ message: t('visit.moved'), color: 'green' });
    return answer;
  };
  return (
    <FormWindow title={t('visit.moveTitle')} busy={busy} save={save} onClose={onClose}>
      <Text>
        {plan?.person.name} · {cell.cellName}
      </Text>
      <DayField day={day} today={today} tried={tried ? 'yes' : 'no'} onDay={setDay} />
    </FormWindow>
  );
}
