import '../../i18n/oversight-texts.ts';
import { type ObservationKind, observationKinds } from '@diemcau/shared/domain/observations.ts';
import type { Observation, RouteAnswer } from '@diemcau/shared/protocol/http.ts';
import { Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconPrinter, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Card } from '../../components/card.tsx';
import { ObservationNote } from '../../components/oversight/observation-note.tsx';
import classes from '../../components/oversight/oversight.module.css';
import { useObservationQuestions } from '../../components/oversight/use-observation-questions.tsx';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { useDays } from '../../hooks/oversight/use-days.ts';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { useBoardText } from './board-text.ts';

const states = ['allStates', 'onlyPrivate', 'onlySent'] as const;
type State = (typeof states)[number];

/** Everything that a superior noted on one day, over all cells (SUP2). */
export function Component() {
  const { t } = useTranslation('oversight');
  useDocumentTitle(t('board.title'));
  const [search, setSearch] = useSearchParams();
  const asked = search.get('ngay');
  const board = useRoute('observationBoard', { query: asked === null ? {} : { day: asked } });
  if (board.isPending) return <Loading />;
  if (board.data === undefined) {
    return <RefusalNotice message={board.error?.message ?? ''} onRetry={() => void board.refetch()} />;
  }
  return <Board board={board.data} onDay={(day) => setSearch({ ngay: day }, { replace: true })} />;
}

function Board({
  board,
  onDay,
}: {
  readonly board: RouteAnswer<'observationBoard'>;
  readonly onDay: (day: string) => void;
}) {
  const { t } = useTranslation('oversight');
  const { date } = useDays();
  const { send } = useObservationQuestions();
  const textOf = useBoardText();
  const [kind, setKind] = useState<ObservationKind | 'all'>('all');
  const [state, setState] = useState<State>('allStates');
  const shown = board.observations.filter(
    (observation) =>
      (kind === 'all' || observation.kind === kind) &&
      (state === 'allStates' || (observation.sentAt === null) === (state === 'onlyPrivate')),
  );
  const open = shown.filter(({ sentAt }) => sentAt === null);
  const byCell = Map.groupBy(shown, ({ meetingId }) => meetingId);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf(board.day, shown));
      notifications.show({ message: t('board.copied'), color: 'green' });
    } catch {
      notifications.show({ message: t('board.copyFailed'), color: 'orange' });
    }
  };

  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>
          {board.day === null ? t('board.title') : t('board.heading', { day: date(board.day) })}
        </Title>
        <Text c="dimmed" className="no-print">
          {t('board.text')}
        </Text>
      </div>
      {board.days.length === 0 && <Empty>{t('board.none')}</Empty>}
      {board.days.length > 0 && (
        <>
          <Group align="flex-end" className="no-print">
            <NativeSelect
              label={t('board.day')}
              value={board.day ?? ''}
              onChange={(event) => onDay(event.currentTarget.value)}
              data={withDay(board).map((day) => ({ value: day, label: date(day) }))}
            />
            <NativeSelect
              label={t('board.kinds')}
              value={kind}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setKind(observationKinds.find((name) => name === value) ?? 'all');
              }}
              data={[
                { value: 'all', label: t('board.allKinds') },
                ...observationKinds.map((name) => ({ value: name, label: t(`kind.${name}`) })),
              ]}
            />
            <NativeSelect
              label={t('board.state')}
              value={state}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setState(states.find((name) => name === value) ?? 'allStates');
              }}
              data={states.map((name) => ({ value: name, label: t(`board.${name}`) }))}
            />
          </Group>
          <Group className="no-print">
            {open.length > 0 && (
              <Button
                leftSection={<IconSend size={22} aria-hidden />}
                onClick={() => send(open)}
                data-testid="send-all"
              >
                {t('note.sendAll', { count: open.length })}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconPrinter size={22} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('board.print')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconCopy size={22} aria-hidden />}
              onClick={() => void copy()}
            >
              {t('board.copy')}
            </Button>
          </Group>
          <Text role="status">{t('board.count', { count: shown.length, open: open.length })}</Text>
          {shown.length === 0 && <Empty>{t('board.noMatch')}</Empty>}
          {[...byCell.values()].map((observations) => (
            <CellNotes key={observations[0]?.meetingId} observations={observations} />
          ))}
        </>
      )}
    </Stack>
  );
}

/** A day without any can be asked for by its address: then it stands in the list too. */
function withDay({ day, days }: RouteAnswer<'observationBoard'>): readonly string[] {
  return day === null || days.includes(day) ? days : [day, ...days];
}

function CellNotes({ observations }: { readonly observations: readonly Observation[] }) {
  const { t } = useTranslation('oversight');
  const [first] = observations;
  if (!first) return null;
  return (
    <Card>
      <Title order={2}>{first.cellName}</Title>
      <Anchor
        component={Link}
        to={`/hop/${first.meetingId}`}
        aria-label={`${first.title}. ${t('board.openMeeting', { cell: first.cellName })}`}
      >
        {first.title}
      </Anchor>
      <ul className={classes.list}>
        {observations.map((observation) => (
          <ObservationNote key={observation.id} observation={observation} reader="author" />
        ))}
      </ul>
    </Card>
  );
}
