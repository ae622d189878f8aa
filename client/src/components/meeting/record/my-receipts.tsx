import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import type { LogReading } from '../../../hooks/meeting/log-reading.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { type MyReceipt, useMyReceipts } from '../../../hooks/meeting/use-receipts.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import classes from './record.module.css';

function Verdict({ good, children }: { readonly good: 'yes' | 'no'; readonly children: string }) {
  const Icon = good === 'yes' ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={classes.verdict} data-good={good} role="status" data-testid="receipt-verdict">
      <Icon size={20} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

function ChainVerdict({ chain }: { readonly chain: LogReading['chain'] }) {
  const t = useRecordText();
  switch (chain.kind) {
    case 'holds':
      return <Verdict good="yes">{t('receipts.chainGood', { ...chain.head })}</Verdict>;
    case 'broken':
      return <Verdict good="no">{t('receipts.chainBad', { seq: chain.seq })}</Verdict>;
    case 'unknown':
      return <p className={classes.hint}>{t('receipts.chainUnknown')}</p>;
  }
}

function ReceiptRow({ mine }: { readonly mine: MyReceipt }) {
  const { state } = useRoom();
  const t = useRecordText();
  const room = useText();
  const { receipt, choice, check } = mine;
  return (
    <li className={classes.receipt} data-testid="my-receipt">
      <strong>{state.votes[mine.vote]?.opening.question}</strong>
      {choice !== null && <span>{t('receipts.choice', { choice: room(`vote.${choice}`) })}</span>}
      {receipt === null ? (
        <span className={classes.hint}>{t('receipts.elsewhere')}</span>
      ) : (
        <span className={classes.hash}>
          {t('receipts.number', { seq: receipt.seq })} · {t('receipts.hash', { hash: receipt.hash })}
        </span>
      )}
      {check !== 'unchecked' && (
        <Verdict good={check === 'missing' ? 'no' : 'yes'}>{t(`receipts.${check}`)}</Verdict>
      )}
    </li>
  );
}

/** One's own receipts, seen again and held against the log (VOTE11, MIN3). */
export function MyReceipts() {
  const t = useRecordText();
  const { receipts, reading, refusal, busy, check } = useMyReceipts();
  return (
    <section className={classes.receipts} data-testid="my-receipts">
      <p className={classes.hint}>{t('receipts.hint')}</p>
      {receipts.length === 0 ? (
        <p>{t('receipts.none')}</p>
      ) : (
        <ul className={classes.list}>
          {receipts.map((mine) => (
            <ReceiptRow key={`${mine.vote}:${mine.receipt?.seq ?? 0}`} mine={mine} />
          ))}
        </ul>
      )}
      {reading !== null && <ChainVerdict chain={reading.chain} />}
      {refusal !== null && <Verdict good="no">{refusal}</Verdict>}
      <Button
        variant="default"
        mih={48}
        loading={busy}
        leftSection={<IconShieldCheck size={20} />}
        onClick={() => void check()}
        data-testid="check-receipts"
      >
        {t('receipts.check')}
      </Button>
    </section>
  );
}
