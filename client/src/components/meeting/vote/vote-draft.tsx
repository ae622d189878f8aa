import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { ruleOf } from '@diemcau/shared/domain/vote-rules.ts';
import type { VotePurpose, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import type { AgendaItemId } from '@diemcau/shared/ids.ts';
import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf, unitName } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { standingSupplements } from '../../../hooks/meeting/supplements.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { previewVote, suggestionFor, type VotePreview } from '../../../hooks/meeting/vote-draft.ts';
import { BallotForm } from './ballot-form.tsx';
import { RuleSelect, RuleWords } from './rule-words.tsx';
import classes from './vote.module.css';

const purposes: readonly VotePurpose[] = ['motion', 'electClerk', 'programme', 'minutes'];

function Warning({ children }: { readonly children: string }) {
  return (
    <p className={classes.warning}>
      <IconAlertTriangle size={20} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

/** Denominator, need in people, electors by unit, and who will not vote, before it is too late. */
function Preview({ preview, rule }: { readonly preview: VotePreview; readonly rule: VoteRuleId }) {
  const { state } = useRoom();
  const t = useText();
  const { need, electors, units, unchecked, provisional } = preview;
  const parts = units.map(({ unit, electors: people }) =>
    t('vote.draft.unit', { unit: unitName(state, unit, t), count: people.length }),
  );
  return (
    <Stack gap="xs">
      <RuleWords rule={rule} />
      <p className={classes.hint} data-testid="draft-electors">
        {t('vote.draft.electors', { count: electors, units: parts.join(', ') })}
      </p>
      {electors < need && <Warning>{t('vote.draft.cannotPass', { count: electors })}</Warning>}
      {unchecked.length > 0 && (
        <Warning>{t('vote.draft.unchecked', { names: namesOf(state, unchecked, t) })}</Warning>
      )}
      {provisional.length > 0 && (
        <Warning>{t('vote.draft.provisional', { names: namesOf(state, provisional, t) })}</Warning>
      )}
    </Stack>
  );
}

interface VoteDraftProps {
  readonly onDone: () => void;
  readonly mayCancel: 'yes' | 'no';
}

/** First step of a vote: the question and its rule, with everything that will freeze when it opens. */
export function VoteDraft({ onDone, mayCancel }: VoteDraftProps) {
  const { state } = useRoom();
  const t = useText();
  const { give, busy } = useGive();
  const current = currentItem(state);
  const [item, setItem] = useState<AgendaItemId | null>(current?.id ?? null);
  const [suggested] = useState(() => suggestionFor(state, current, t));
  const [question, setQuestion] = useState(suggested.question);
  const [rule, setRule] = useState<VoteRuleId>(suggested.rule);
  const [purpose, setPurpose] = useState<VotePurpose>(suggested.purpose);
  const [candidate, setCandidate] = useState('');
  const [despite, setDespite] = useState(false);
  const [taken, setTaken] = useState<'byHands' | 'byBallot'>('byHands');
  const words = useRecordText();
  const { method } = ruleOf(state, rule);
  const byCard = method === 'cardOrSecretBallot';
  const preview = previewVote(state, rule);
  const ready = state.phase === 'open' && state.rollCall === 'done';
  const supplements = standingSupplements(state);
  const offered: readonly VotePurpose[] = supplements.length > 0 ? [...purposes, 'supplement'] : purposes;
  const serve = (wanted: string) => {
    const next = offered.find((value) => value === wanted) ?? 'motion';
    setPurpose(next);
    if (next !== 'supplement') return;
    setQuestion(
      words('supplement.ask', { titles: supplements.map(({ title }) => title).join('; '), lng: 'vi' }),
    );
    setRule('procedural');
  };
  const choose = (id: string) => {
    const chosen = state.agenda.find((candidate) => candidate.id === id) ?? null;
    const suggestion = suggestionFor(state, chosen, t);
    setItem(chosen?.id ?? null);
    setQuestion(suggestion.question);
    setRule(suggestion.rule);
    setPurpose(suggestion.purpose);
  };
  const open = async () => {
    const about = byCard ? ({ candidate: candidate.trim(), purpose: 'motion' } as const) : {};
    const command = { type: 'openVote', item, question: question.trim(), rule, purpose, ...about } as const;
    if (await give({ ...command, despiteWaiting: despite && preview.waiting.length > 0 })) onDone();
  };
  if (taken === 'byBallot') {
    return (
      <BallotForm
        draft={{ item, question, rule, candidate }}
        onDone={onDone}
        onBack={() => {
          setTaken('byHands');
          if (method === 'secretBallotInRoom') setRule('resolution');
        }}
      />
    );
  }
  if (method === 'secretBallotInRoom') {
    return (
      <Stack gap="md" data-testid="ballot-only">
        <RuleSelect value={rule} onChange={setRule} offer="all" />
        <Warning>{words('rule.whyNot', { rule: words(`rule.names.${rule}`) })}</Warning>
        <RuleWords rule={rule} />
        <Button mih={48} onClick={() => setTaken('byBallot')} data-testid="to-ballot">
          {words('rule.toBallot')}
        </Button>
        {mayCancel === 'yes' && (
          <Button variant="default" mih={48} onClick={onDone}>
            {t('common.cancel')}
          </Button>
        )}
      </Stack>
    );
  }
  return (
    <form
      data-testid="vote-draft"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Stack gap="md">
        <NativeSelect
          label={t('vote.draft.item')}
          value={item ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: t('vote.draft.noItem') },
            ...state.agenda.map(({ id, title }, index) => ({
              value: id as string,
              label: `${index + 1}. ${title}`,
            })),
          ]}
        />
        <Textarea
          label={t('vote.draft.question')}
          description={t('vote.draft.questionHint')}
          required
          autosize
          minRows={2}
          maxLength={1000}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          data-testid="draft-question"
        />
        <RuleSelect value={rule} onChange={setRule} offer="all" />
        {byCard ? (
          <>
            <TextInput
              label={words('rule.candidate')}
              description={words('rule.candidateHint')}
              required
              maxLength={120}
              value={candidate}
              onChange={(event) => setCandidate(event.currentTarget.value)}
              data-testid="draft-candidate"
            />
            <p className={classes.hint}>{words('rule.byCard')}</p>
            <Button variant="default" mih={48} onClick={() => setTaken('byBallot')} data-testid="to-ballot">
              {words('rule.toBallot')}
            </Button>
          </>
        ) : (
          <NativeSelect
            label={t('vote.draft.purpose')}
            value={purpose}
            onChange={(event) => serve(event.currentTarget.value)}
            data={offered.map((value) => ({ value, label: t(`vote.purposes.${value}`) }))}
          />
        )}
        <Preview preview={preview} rule={rule} />
        {preview.waiting.length > 0 && (
          <>
            <Warning>
              {t('vote.draft.waiting', {
                count: preview.waiting.length,
                names: namesOf(state, preview.waiting, t),
              })}
            </Warning>
            <Checkbox
              checked={despite}
              onChange={(event) => setDespite(event.currentTarget.checked)}
              label={t('vote.draft.despite')}
              size="md"
            />
          </>
        )}
        {!ready && (
          <Warning>{t(state.phase === 'open' ? 'vote.draft.rollCallFirst' : 'vote.draft.notOpen')}</Warning>
        )}
        <Group gap="xs">
          <Button
            type="submit"
            flex={1}
            mih={48}
            loading={busy}
            disabled={
              !ready ||
              question.trim() === '' ||
              (byCard && candidate.trim() === '') ||
              (preview.waiting.length > 0 && !despite)
            }
            data-testid="vote-open"
          >
            {t('vote.draft.openIt')}
          </Button>
          {mayCancel === 'yes' && (
            <Button variant="default" mih={48} onClick={onDone}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
