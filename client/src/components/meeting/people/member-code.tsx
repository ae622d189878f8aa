import type { PersonId } from '@diemcau/shared/ids.ts';
import type { PrintedCode } from '@diemcau/shared/protocol/http.ts';
import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useCodeTakers } from '../../../hooks/meeting/member-codes.ts';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import classes from './people.module.css';

/** Whose code the window is about: somebody named, or somebody to be chosen in it. */
export type CodeFor = PersonId | 'choose';

/** The code, large enough to be read across a table, with whose it is and what to do with it. */
function ShownCode({ code }: { readonly code: PrintedCode }) {
  const t = useConductText();
  const locale = useLocale();
  const who = [
    code.birthYear === null ? null : t('code.born', { year: code.birthYear }),
    code.partyGroup,
  ].filter((part) => part !== null);
  const box = useRef<HTMLDivElement>(null);
  // The question and its button are gone: the keyboard goes on from the code.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className={classes.memberCode} role="status" tabIndex={-1}>
      <strong>{code.name}</strong>
      {who.length > 0 && <span className={classes.tags}>{who.join(' · ')}</span>}
      <output className={classes.memberCodeDigits} data-testid="member-code">
        {code.code}
      </output>
      <p>{t('code.until', { time: timeOfDay(code.expiresAt, locale) })}</p>
      <p>{t('code.how', { address: `${window.location.origin}/kich-hoat` })}</p>
      <p className={classes.tags}>{t('code.once')}</p>
    </div>
  );
}

interface AskingProps {
  readonly wanted: CodeFor;
  readonly onIssued: (code: PrintedCode) => void;
  readonly onClose: () => void;
}

/** For whom, and the plain question; a refusal is said where the question stands. */
function Asking({ wanted, onIssued, onClose }: AskingProps) {
  const { state, issueMemberCode } = useRoom();
  const t = useConductText();
  const takers = useCodeTakers();
  const [person, setPerson] = useState<PersonId | ''>(wanted === 'choose' ? '' : wanted);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const issue = async () => {
    if (person === '') return;
    setBusy(true);
    const answer = await issueMemberCode(person);
    setBusy(false);
    if (answer.ok) onIssued(answer.value);
    else setRefusal(answer.code === 'notAllowed' ? t('code.notAllowed') : answer.message);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void issue();
      }}
    >
      <Stack gap="md">
        <Text>{t('code.hint')}</Text>
        <NativeSelect
          label={t('code.who')}
          value={person}
          required
          onChange={(event) => {
            setPerson(takers.find((entry) => entry.person === event.currentTarget.value)?.person ?? '');
            setRefusal(null);
          }}
          data={[
            { value: '', label: t('code.choose') },
            ...takers.map((entry) => ({
              value: entry.person as string,
              label: [titleOf(state, entry.person), entry.group].filter((part) => part !== null).join(' · '),
            })),
          ]}
          data-autofocus={wanted === 'choose' ? true : undefined}
          data-testid="member-code-person"
        />
        {person !== '' && (
          <div>
            <Text fw={600}>{t('code.question', { name: titleOf(state, person) })}</Text>
            <Text>{t('code.before')}</Text>
          </div>
        )}
        {refusal !== null && (
          <Text role="alert" fw={600}>
            {refusal}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" mih={48} onClick={onClose}>
            {t('code.cancel')}
          </Button>
          <Button
            type="submit"
            mih={48}
            loading={busy}
            disabled={person === ''}
            leftSection={<IconKey size={20} aria-hidden />}
            data-autofocus={wanted === 'choose' ? undefined : true}
            data-testid="issue-member-code"
          >
            {t('code.issue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MemberCodeWindowProps {
  readonly wanted: CodeFor | null;
  readonly onChoose: () => void;
  readonly onClose: () => void;
}

/** A code on the spot for who forgot the password (ID1). Closed, it forgets the code. */
export function MemberCodeWindow({ wanted, onChoose, onClose }: MemberCodeWindowProps) {
  const t = useConductText();
  const [code, setCode] = useState<PrintedCode | null>(null);
  const close = () => {
    setCode(null);
    onClose();
  };
  return (
    <Modal
      opened={wanted !== null}
      onClose={close}
      // A code that is shown this once is not lost to a click beside it.
      closeOnClickOutside={code === null}
      title={t('code.title')}
      centered
      closeButtonProps={{ 'aria-label': t('code.close') }}
    >
      {code !== null ? (
        <Stack gap="md">
          <ShownCode code={code} />
          <Group justify="flex-end">
            <Button
              variant="default"
              mih={48}
              onClick={() => {
                setCode(null);
                onChoose();
              }}
            >
              {t('code.another')}
            </Button>
            <Button mih={48} onClick={close}>
              {t('code.done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        wanted !== null && <Asking wanted={wanted} onIssued={setCode} onClose={close} />
      )}
    </Modal>
  );
}
