import { electorsInRoom } from '@diemcau/shared/domain/ballots.ts';
import type { SiteState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import {
  type BoxCheck,
  type BoxDraft,
  boxFields,
  certifiersAt,
  emptyBox,
} from '../../../hooks/meeting/ballot-draft.ts';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from './ballot.module.css';

function checkWords(check: BoxCheck, t: TFunction<'record'>): string {
  switch (check.kind) {
    case 'unused':
      return '';
    case 'empty':
      return t('ballot.empty');
    case 'tooManyIssued':
      return t('ballot.tooManyIssued', { issued: check.issued, electors: check.electors });
    case 'tooManyReturned':
      return t('ballot.tooManyReturned', { issued: check.issued, returned: check.returned });
    case 'sumWrong':
      return t('ballot.sumWrong', { sum: check.sum, returned: check.returned });
    case 'noCertifier':
      return `${t('ballot.right', { sum: check.sum, returned: check.returned })} ${t('ballot.noCertifier')}`;
    case 'ready':
      return t('ballot.right', { sum: check.sum, returned: check.returned });
  }
}

interface BallotBoxFieldsProps {
  readonly site: SiteState;
  readonly draft: BoxDraft | undefined;
  readonly check: BoxCheck;
  /** Undefined: there is no box at this site. */
  readonly onChange: (draft: BoxDraft | undefined) => void;
}

/** One box: its six numbers, checked as they are typed, and who certifies it (VOTE23). */
export function BallotBoxFields({ site, draft, check, onChange }: BallotBoxFieldsProps) {
  const { state } = useRoom();
  const t = useRecordText();
  const myself = useMyself();
  const Icon = check.kind === 'ready' ? IconCircleCheck : IconAlertTriangle;
  return (
    <fieldset className={classes.box} data-testid="ballot-box">
      <legend>{t('ballot.site', { site: site.name })}</legend>
      <Checkbox
        size="md"
        checked={draft !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? emptyBox : undefined)}
        label={t('ballot.use')}
      />
      <p className={classes.hint}>{t('ballot.electors', { count: electorsInRoom(state, site.id) })}</p>
      {draft !== undefined && (
        <>
          <div className={classes.numbers}>
            {boxFields.map((field) => (
              <TextInput
                key={field}
                label={t(`ballot.${field}`)}
                value={draft.digits[field]}
                inputMode="numeric"
                pattern="[0-9]*"
                autoComplete="off"
                placeholder="0"
                onChange={(event) => {
                  const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 4);
                  onChange({ ...draft, digits: { ...draft.digits, [field]: digits } });
                }}
                data-testid={`ballot-${field}`}
              />
            ))}
          </div>
          <NativeSelect
            label={t('ballot.certifiedBy')}
            description={t('ballot.certifiedHint')}
            value={draft.certifiedBy ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onChange({ ...draft, certifiedBy: value === '' ? null : (value as PersonId) });
            }}
            data={[
              { value: '', label: t('ballot.choose') },
              ...certifiersAt(state, site.id, myself).map((person) => ({
                value: person as string,
                label: titleOf(state, person),
              })),
            ]}
            data-testid="ballot-certifier"
          />
          <p
            className={classes.check}
            data-right={check.kind === 'ready' ? 'yes' : 'no'}
            aria-live="polite"
            data-testid="ballot-check"
          >
            <Icon size={20} aria-hidden />
            <span>{checkWords(check, t)}</span>
          </p>
        </>
      )}
    </fieldset>
  );
}
