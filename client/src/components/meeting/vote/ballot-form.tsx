import { ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import type { VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import type { AgendaItemId, SiteId } from '@diemcau/shared/ids.ts';
import { resultSentence } from '@diemcau/shared/minutes/votes-part.ts';
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type BoxDraft, ballotResult, ballotSites, checkBox } from '../../../hooks/meeting/ballot-draft.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { Question } from '../chrome/question.tsx';
import classes from './ballot.module.css';
import { BallotBoxFields } from './ballot-box.tsx';
import { RuleSelect, RuleWords } from './rule-words.tsx';

interface BallotFormProps {
  /** What was written before the ballot was chosen. */
  readonly draft: {
    readonly item: AgendaItemId | null;
    readonly question: string;
    readonly rule: VoteRuleId;
    readonly candidate: string;
  };
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** Enters the result of a secret ballot held in the room: boxes, who certifies each, and nothing of anybody's choice (VOTE23). */
export function BallotForm({ draft, onDone, onBack }: BallotFormProps) {
  const { state } = useRoom();
  const t = useRecordText();
  const { give, busy } = useGive();
  const [question, setQuestion] = useState(draft.question);
  const [candidate, setCandidate] = useState(draft.candidate);
  const [rule, setRule] = useState(draft.rule);
  const [drafts, setDrafts] = useState<{ readonly [site: SiteId]: BoxDraft | undefined }>({});
  const [asking, setAsking] = useState(false);
  const sites = ballotSites(state);
  const checks = sites.map(({ id }) => checkBox(state, id, drafts[id]));
  const boxes = checks.flatMap((check) => (check.kind === 'ready' ? [check.box] : []));
  const used = checks.filter(({ kind }) => kind !== 'unused').length;
  const whom = candidate.trim() === '' ? null : candidate.trim();
  const needsName = ruleOf(state, rule).method === 'cardOrSecretBallot';
  const open = state.phase === 'open' && state.rollCall === 'done';
  const ready =
    open && used > 0 && boxes.length === used && question.trim() !== '' && (!needsName || whom !== null);
  const sentence = ready ? resultSentence(rule, whom, ballotResult(state, rule, boxes)) : null;
  const record = async () => {
    const command = { type: 'recordBallot', item: draft.item, rule, question: question.trim() } as const;
    if (!(await give({ ...command, candidate: whom, boxes: [...boxes] }))) return;
    notifications.show({ message: t('ballot.recorded'), color: 'green' });
    onDone();
  };
  return (
    <>
      <form
        data-testid="ballot-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) setAsking(true);
        }}
      >
        <Stack gap="md">
          <h3>{t('ballot.title')}</h3>
          <RuleSelect value={rule} onChange={setRule} offer="ballots" />
          <RuleWords rule={rule} />
          <Textarea
            label={t('ballot.question')}
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value)}
            data-testid="ballot-question"
          />
          <TextInput
            label={t(needsName ? 'rule.candidate' : 'ballot.candidate')}
            description={needsName ? t('rule.candidateHint') : undefined}
            required={needsName}
            maxLength={120}
            value={candidate}
            onChange={(event) => setCandidate(event.currentTarget.value)}
            data-testid="ballot-candidate"
          />
          {sites.length === 0 && <p className={classes.hint}>{t('ballot.noBox')}</p>}
          {sites.map((site, index) => (
            <BallotBoxFields
              key={site.id}
              site={site}
              draft={drafts[site.id]}
              check={checks[index] ?? { kind: 'unused' }}
              onChange={(box) => setDrafts((all) => ({ ...all, [site.id]: box }))}
            />
          ))}
          {sentence !== null && (
            <p className={classes.outcome} data-testid="ballot-outcome">
              <strong>{t('ballot.outcome')}</strong>
              {sentence}
            </p>
          )}
          <Group gap="xs">
            <Button
              type="submit"
              flex={1}
              mih={48}
              loading={busy}
              disabled={!ready}
              data-testid="ballot-record"
            >
              {t('ballot.record')}
            </Button>
            <Button variant="default" mih={48} onClick={onBack}>
              {t('rule.toHands')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Question
        opened={asking}
        title={t('ballot.askTitle')}
        hint={t('ballot.askHint')}
        confirm={t('ballot.record')}
        onConfirm={() => void record()}
        onClose={() => setAsking(false)}
      >
        <p className={classes.outcome}>{sentence}</p>
      </Question>
    </>
  );
}
