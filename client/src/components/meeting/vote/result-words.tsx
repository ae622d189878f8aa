import type { VoteState } from '@diemcau/shared/domain/state.ts';
import { ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import type { VoteResult } from '@diemcau/shared/domain/vote-types.ts';
import { resultSentence } from '@diemcau/shared/minutes/votes-part.ts';
import { Button, CopyButton, Table } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconCircleX, IconCopy } from '@tabler/icons-react';
import { unitName } from '../../../hooks/meeting/names.ts';
import { useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { useLocale, useText } from '../../../hooks/meeting/use-text.ts';
import { ReservedOpinions } from './reserve-opinion.tsx';
import classes from './vote.module.css';

const fields = ['inFavour', 'against', 'noOpinion', 'notVoted'] as const;

/** Figures of each unit and their sum. */
function ResultTable({ result }: { readonly result: VoteResult }) {
  const { state } = useRoom();
  const t = useText();
  return (
    <div className={classes.scroll}>
      {/* Roles said aloud: on a narrow screen the rows are laid out as grids, which may take them away. */}
      <Table
        role="table"
        withTableBorder
        withColumnBorders
        horizontalSpacing={6}
        className={classes.table}
        data-testid="result-table"
      >
        <Table.Caption className={classes.hidden}>{t('vote.table')}</Table.Caption>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            <Table.Th role="columnheader">{t('vote.unitHead')}</Table.Th>
            {fields.map((field) => (
              <Table.Th key={field} role="columnheader">
                {t(`vote.${field}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {result.units.map(({ unit, counts }) => (
            <Table.Tr key={unit} role="row">
              <Table.Th scope="row" role="rowheader">
                {unitName(state, unit, t)}
              </Table.Th>
              {fields.map((field) => (
                <Table.Td key={field} role="cell">
                  {counts[field]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          <Table.Tr className={classes.totalRow} role="row">
            <Table.Th scope="row" role="rowheader">
              {t('vote.totalHead')}
            </Table.Th>
            {fields.map((field) => (
              <Table.Td key={field} role="cell" data-testid={`total-${field}`}>
                {result.total[field]}
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** A result in words, its figures, and the sentence for the minutes. */
export function ResultFigures({ vote, result }: { readonly vote: VoteState; readonly result: VoteResult }) {
  const { state } = useRoom();
  const t = useText();
  const locale = useLocale();
  const may = useMay();
  const { total, denominator, need, passed } = result;
  const outcome = t(passed ? 'vote.passed' : 'vote.notPassed');
  const words = { ...total, denominator, need, outcome };
  const percent = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(
    denominator === 0 ? 0 : (100 * total.inFavour) / denominator,
  );
  const { question, rule, candidate } = vote.opening;
  const proposes = ruleOf(state, rule).method !== 'showOfHands';
  const sentence = proposes
    ? resultSentence(rule, candidate, result)
    : t('vote.minutesSentence', { ...words, percent, question });
  const Icon = passed ? IconCircleCheck : IconCircleX;
  return (
    <div className={classes.result} data-passed={passed ? 'yes' : 'no'} data-testid="vote-result">
      <p className={classes.outcome}>
        <Icon size={26} aria-hidden /> {outcome}
      </p>
      <p className={classes.resultWords} data-testid="result-words">
        {t('vote.sentence', words)}
      </p>
      {proposes && (
        <p className={classes.resultWords} data-testid="proposal-words">
          <strong>{sentence}</strong>
        </p>
      )}
      <ResultTable result={result} />
      {may('announceResult') && (
        <div className={classes.minutes}>
          <p className={classes.kicker}>{t('vote.forMinutes')}</p>
          <p data-testid="minutes-sentence">{sentence}</p>
          <CopyButton value={sentence}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                size="compact-md"
                mih={44}
                leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                onClick={copy}
              >
                {t(copied ? 'vote.copied' : 'vote.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </div>
  );
}

/** The announced result of a vote, as everybody sees it. */
export function ResultWords({ vote }: { readonly vote: VoteState }) {
  if (vote.result === null) return null;
  return (
    <>
      <ResultFigures vote={vote} result={vote.result} />
      <ReservedOpinions vote={vote} />
    </>
  );
}
