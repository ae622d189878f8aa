import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { SiteId } from '@diemcau/shared/ids.ts';
import { Button, Group } from '@mantine/core';
import { IconCircleCheck, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useMay, useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Question } from '../chrome/question.tsx';
import { PinConfirm } from './pin-confirm.tsx';
import classes from './vote.module.css';

const fields = ['inFavour', 'against', 'noOpinion', 'notVoted'] as const;

/** The second person looks at a site's four numbers and confirms them, or sends them back (VOTE7). */
export function CountConfirm({ vote, site }: { readonly vote: VoteState; readonly site: SiteId }) {
  const { state } = useRoom();
  const t = useText();
  const words = useRecordText();
  const may = useMay();
  const myself = useMyself();
  const { give, busy } = useGive();
  const [returning, setReturning] = useState(false);
  const figures = vote.figures[site];
  const count = vote.counts[site];
  const name = state.sites[site]?.name ?? '';
  if (!count) return null;
  const id = vote.opening.vote;
  return (
    <div className={classes.confirm} data-testid="count-confirm">
      <p className={classes.confirmTitle}>{t('vote.confirmCount', { site: name })}</p>
      {figures ? (
        <dl className={classes.figures}>
          {fields.map((field) => (
            <div key={field}>
              <dt>{t(`vote.${field}`)}</dt>
              <dd data-testid={`confirm-${field}`}>{figures.counts[field]}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className={classes.hint}>{t('vote.hidden')}</p>
      )}
      <p className={classes.hint}>
        {t('vote.unit.enteredBy', { name: titleOf(state, count.enteredBy) })}
        {'. '}
        {count.enteredBy === myself ? t('vote.notYours') : t('vote.confirmHint')}
      </p>
      {count.means === 'telephone' && (
        <p className={classes.warning} data-testid="by-telephone">
          <IconPhone size={20} aria-hidden />
          <span>
            {words('count.phoneMark', { name: count.readBy === null ? '' : titleOf(state, count.readBy) })}{' '}
            {words('count.callBack')}
          </span>
        </p>
      )}
      <Group gap="xs">
        <Button
          mih={48}
          flex={1}
          loading={busy}
          leftSection={<IconCircleCheck size={20} />}
          disabled={count.enteredBy === myself || count.sum === 'mismatch' || figures === undefined}
          onClick={() => void give({ type: 'confirmCount', vote: id, site, counts: figures?.counts })}
          data-testid="count-confirm-yes"
        >
          {t('vote.confirmIt')}
        </Button>
        {may('reopenCount') && (
          <Button mih={48} variant="default" onClick={() => setReturning(true)}>
            {t('vote.reopenCount')}
          </Button>
        )}
      </Group>
      {count.enteredBy === myself && count.sum === 'addsUp' && <PinConfirm vote={vote} site={site} />}
      <Question
        opened={returning}
        title={t('vote.reopenCount')}
        reason={t('vote.reopenReason')}
        confirm={t('vote.reopenCount')}
        onConfirm={(reason) => void give({ type: 'reopenCount', vote: id, site, reason })}
        onClose={() => setReturning(false)}
      />
    </div>
  );
}
