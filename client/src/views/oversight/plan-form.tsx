import '../../i18n/oversight-texts.ts';
import type { CellId } from '@diemcau/shared/ids.ts';
import type { Visits } from '@diemcau/shared/protocol/http.ts';
import { NativeSelect, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormWindow } from '../../components/form-window.tsx';
import { useWrite } from '../../hooks/use-route.ts';
import { DayField, isPlannable } from './day-field.tsx';

/** Plans a visit: who, where, on which day. */
export function PlanForm({
  visits,
  cell: chosen,
  onClose,
}: {
  readonly visits: Visits;
  /** Null: any of the list. */
  readonly cell: CellId | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('oversight');
  const { write, busy } = useWrite();
  const cells = visits.cells.filter((entry) => entry.visitors.length > 0);
  const [cellId, setCellId] = useState<string>(chosen ?? cells[0]?.cellId ?? '');
  const cell = cells.find((entry) => entry.cellId === cellId);
  const visitors = visits.visitors.filter(({ personId }) => cell?.visitors.includes(personId));
  const [who, setWho] = useState<string>('');
  const visitor = visitors.find(({ personId }) => personId === who) ?? visitors[0];
  const [day, setDay] = useState('');
  const [tried, setTried] = useState(false);

  const save = async () => {
    setTried(true);
    if (!cell || !visitor || !isPlannable(day, visits.today)) return null;
    const body = { personId: visitor.personId, cellId: cell.cellId, day };
    const answer = await write('planVisit', { body });
    if (answer.ok) notifications.show({ message: t('visit.done'), color: 'green' });
    return answer;
  };
  return (
    <FormWindow title={t('visit.planTitle')} busy={busy} save={save} onClose={onClose}>
      <NativeSelect
        label={t('visit.cell')}
        value={cellId}
        onChange={(event) => setCellId(event.currentTarget.value)}
        data={cells.map((entry) => ({
          value: entry.cellId,
          label: `${entry.cellName}, ${entry.organizationName} – ${t(`visit.state.${entry.state}`)}`,
        }))}
      />
      {visitors.length === 0 && <Text>{t('visit.nobody')}</Text>}
      {visitors.length > 0 && (
        <NativeSelect
          label={t('visit.who')}
          value={visitor?.personId ?? ''}
          onChange={(event) => setWho(event.currentTarget.value)}
          data={visitors.map(({ personId, name, office }) => {
            const label = office === '' ? name : `${name}, ${office}`;
            const mine = personId === visits.visitors[0]?.personId;
            return { value: personId, label: mine ? t('visit.myself', { name }) : label };
          })}
        />
      )}
      <DayField day={day} today={visits.today} tried={tried ? 'yes' : 'no'} onDay={setDay} />
    </FormWindow>
  );
}
