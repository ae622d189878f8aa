import '../../i18n/oversight-texts.ts';
import type { CellCoverage } from '@diemcau/shared/protocol/http.ts';
import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { askFirst } from '../../hooks/ask-first.ts';
import { useDays } from '../../hooks/oversight/use-days.ts';
import { useWrite } from '../../hooks/use-route.ts';
import { StateLabel } from './state-label.tsx';
import classes from './visits.module.css';
import type { Writing } from './visits-page.tsx';

type Plan = CellCoverage['plans'][number];

/** One cell in the quarter: how it stands, who was there, who is to come. */
export function CellRow({
  cell,
  onWrite,
}: {
  readonly cell: CellCoverage;
  readonly onWrite: (writing: Writing) => void;
}) {
  const { t } = useTranslation('oversight');
  return (
    <li className={classes.cell} data-testid="cell-coverage" data-state={cell.state}>
      <div>
        <h3 className={classes.name}>{cell.cellName}</h3>
        <span className={classes.dim}>{cell.organizationName}</span>
      </div>
      <StateLabel state={cell.state} />
      {cell.visits.length > 0 && <Paid cell={cell} />}
      {cell.plans.length > 0 && (
        <ul className={classes.entries}>
          {cell.plans.map((plan) => (
            <Planned key={plan.id} cell={cell} plan={plan} onWrite={onWrite} />
          ))}
        </ul>
      )}
      {cell.visitors.length > 0 && cell.state !== 'missed' && (
        <div className={classes.plan}>
          <Button
            variant="subtle"
            px="xs"
            leftSection={<IconCalendarPlus size={20} aria-hidden />}
            aria-label={t('visit.planFor', { cell: cell.cellName })}
            onClick={() => onWrite({ kind: 'plan', cell: cell.cellId })}
          >
            {t('visit.plan')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Paid({ cell }: { readonly cell: CellCoverage }) {
  const { t } = useTranslation('oversight');
  const { date } = useDays();
  return (
    <ul className={classes.entries}>
      {cell.visits.map(({ person, meetingId, day, how, minutes }) => (
        <li key={`${meetingId} ${person.personId}`} className={classes.entry}>
          <span className={classes.entryText}>
            {t('visit.visited')}: {person.name} · {date(day)} ·{' '}
            {how === 'onSite' ? t('visit.onSite') : t('visit.remote', { minutes })}
          </span>
          <Anchor
            component={Link}
            to={`/hop/${meetingId}`}
            py="xs"
            aria-label={`${t('visit.result')}: ${t('visit.openMeeting', { day: date(day), cell: cell.cellName })}`}
          >
            {t('visit.result')}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

function Planned({
  cell,
  plan,
  onWrite,
}: {
  readonly cell: CellCoverage;
  readonly plan: Plan;
  readonly onWrite: (writing: Writing) => void;
}) {
  const { t } = useTranslation(['oversight', 'shell']);
  const { date } = useDays();
  const { write } = useWrite();
  const words = { name: plan.person.name, cell: cell.cellName, day: date(plan.day) };
  const remove = () =>
    askFirst({
      title: t('oversight:visit.removeSure'),
      children: t('oversight:visit.removeText', words),
      labels: { confirm: t('oversight:visit.remove'), cancel: t('shell:cancel') },
      onConfirm: async () => {
        const answer = await write('removeVisit', { params: { visitPlanId: plan.id } });
        if (!answer.ok)
          notifications.show({ title: t('shell:refused'), message: answer.message, color: 'orange' });
      },
    });
  return (
    <li className={classes.entry}>
      <span className={classes.entryText}>
        {t('oversight:visit.planned')}: {plan.person.name} · {date(plan.day)} ·{' '}
        {t(`oversight:visit.planState.${plan.state}`)}
      </span>
      {plan.may === 'change' && plan.state !== 'done' && (
        <span className={classes.entryActions}>
          <Button
            variant="subtle"
            color="gray"
            px="xs"
            aria-label={t('oversight:visit.moveNamed', words)}
            onClick={() => onWrite({ kind: 'move', cell, plan: plan.id })}
          >
            {t('oversight:visit.move')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            px="xs"
            aria-label={t('oversight:visit.removeNamed', words)}
            onClick={remove}
          >
            {t('oversight:visit.remove')}
          </Button>
        </span>
      )}
    </li>
  );
}
