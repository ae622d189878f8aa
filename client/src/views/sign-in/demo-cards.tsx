import type { Demo } from '@diemcau/shared/protocol/http.ts';
import { Button, Stack, Text, Title, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalNotice } from '../../components/states.tsx';
import { useApp } from '../../hooks/use-app.ts';
import { useEntry } from '../../hooks/use-entry.ts';
import { ownSlot, switchSlot } from '../../store/slot.ts';
import classes from './demo-cards.module.css';

type Group = Demo['groups'][number];
type Entry = Group['entries'][number];

/** How many people of one part are shown before the rest is asked for. */
const shown = 3;

/** The demonstration's people, each entered by one click; nothing outside of it. */
export function DemoCards() {
  const { t } = useTranslation('signIn');
  const { api } = useApp();
  const { enter, busy } = useEntry();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [all, setAll] = useState<Demo['groups']>([]);
  useEffect(() => {
    void api.call('demo', {}, 'nobody').then((answer) => {
      if (answer.ok) setAll(answer.value.groups);
    });
  }, [api]);
  const groups = all.filter((group) => group.entries.length > 0);
  if (groups.length === 0) return null;

  const choose = async (entry: Entry) => {
    setRefusal(null);
    // A sign-in of its own for this tab, so that several people can be open side by side.
    const slot = ownSlot();
    const answer = await enter(async (app) => {
      const entered = await app.session.enter('demoLogin', { body: { enterAs: entry.enterAs, slot } });
      if (entered.ok) switchSlot(slot);
      return entered;
    }, '/');
    if (!answer.ok) setRefusal(answer.message);
  };

  return (
    <Stack gap="md" component="section" aria-labelledby="demo-title">
      <div>
        <Title order={2} id="demo-title">
          {t('demo.title')}
        </Title>
        <Text c="dimmed">{t('demo.text')}</Text>
      </div>
      {refusal !== null && <RefusalNotice message={refusal} />}
      <div className={classes.groups}>
        {groups.map((group) => (
          <DemoGroup
            key={group.part}
            group={group}
            disabled={busy}
            onChoose={(entry) => void choose(entry)}
          />
        ))}
      </div>
    </Stack>
  );
}

function DemoGroup({
  group,
  disabled,
  onChoose,
}: {
  readonly group: Group;
  readonly disabled: boolean;
  readonly onChoose: (entry: Entry) => void;
}) {
  const { t } = useTranslation('signIn');
  const [all, setAll] = useState(false);
  const entries = all ? group.entries : group.entries.slice(0, shown);
  const rest = group.entries.length - entries.length;
  return (
    <div
      className={classes.group}
      data-width={Math.min(entries.length, shown)}
      data-testid={`demo-${group.part}`}
    >
      <Title order={3}>{t(`demo.part.${group.part}`)}</Title>
      <div className={classes.people}>
        {entries.map((entry) => (
          <UnstyledButton
            key={JSON.stringify(entry.enterAs)}
            className={classes.person}
            disabled={disabled}
            onClick={() => onChoose(entry)}
          >
            <VisuallyHidden>{t('demo.enter')} </VisuallyHidden>
            <span className={classes.name}>{entry.name}</span>
            <span className={classes.detail}>{entry.detail}</span>
          </UnstyledButton>
        ))}
      </div>
      {rest > 0 && (
        <Button variant="subtle" onClick={() => setAll(true)} style={{ justifySelf: 'start' }}>
          {t('demo.more', { count: rest })}
        </Button>
      )}
    </div>
  );
}
