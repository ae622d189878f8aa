import '../../i18n/oversight-texts.ts';
import type { Assignment } from '@diemcau/shared/protocol/http.ts';
import { Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { Empty, Loading, RefusalNotice } from '../../components/states.tsx';
import { askFirst } from '../../hooks/ask-first.ts';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';
import { useRoute, useWrite } from '../../hooks/use-route.ts';
import { plain } from '../../hooks/vietnamese.ts';
import { AssignmentForm } from './assignment-form.tsx';
import classes from './assignments.module.css';

/** Who is a superior over which cells, by single assignment or by subtree (SUP1). */
export function Component() {
  const { t } = useTranslation('oversight');
  useDocumentTitle(t('assignment.title'));
  const found = useRoute('assignments', {});
  if (found.isPending) return <Loading />;
  if (found.data === undefined) {
    return <RefusalNotice message={found.error?.message ?? ''} onRetry={() => void found.refetch()} />;
  }
  return <Assignments assignments={found.data.assignments} />;
}

function Assignments({ assignments }: { readonly assignments: readonly Assignment[] }) {
  const { t } = useTranslation('oversight');
  const [wanted, setWanted] = useState('');
  const [adding, setAdding] = useState(false);
  const matches = assignments.filter(({ person, subject }) =>
    plain(`${person.name} ${person.office} ${subject.name}`).includes(plain(wanted.trim())),
  );
  const byPerson = [...Map.groupBy(matches, ({ person }) => person.personId).values()];
  return (
    <Stack gap="lg">
      <Anchor component={Link} to="/quan-tri" py="xs">
        {t('assignment.back')}
      </Anchor>
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>{t('assignment.title')}</Title>
          <Text c="dimmed">{t('assignment.text')}</Text>
        </div>
        <Button leftSection={<IconUserPlus size={22} aria-hidden />} onClick={() => setAdding(true)}>
          {t('assignment.add')}
        </Button>
      </Group>
      {assignments.length > 8 && (
        <TextInput
          label={t('assignment.search')}
          leftSection={<IconSearch size={20} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw="28rem"
        />
      )}
      {assignments.length === 0 && <Empty>{t('assignment.none')}</Empty>}
      {assignments.length > 0 && matches.length === 0 && <Empty>{t('assignment.noMatch')}</Empty>}
      {byPerson.map((ofPerson) => (
        <PersonAssignments key={ofPerson[0]?.person.personId} assignments={ofPerson} />
      ))}
      {adding && <AssignmentForm onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function PersonAssignments({ assignments }: { readonly assignments: readonly Assignment[] }) {
  const { t } = useTranslation(['oversight', 'shell']);
  const { write } = useWrite();
  const [first] = assignments;
  if (!first) return null;
  const { personId, name, office } = first.person;
  const end = ({ subject }: Assignment) =>
    askFirst({
      title: t('oversight:assignment.endSure', { name }),
      children: t('oversight:assignment.endText', { subject: subject.name }),
      labels: { confirm: t('oversight:assignment.end'), cancel: t('shell:cancel') },
      onConfirm: async () => {
        const over =
          subject.kind === 'cell' ? { cellId: subject.cellId } : { organizationId: subject.organizationId };
        const answer = await write('endSuperior', { body: { personId, ...over } });
        notifications.show(
          answer.ok
            ? { message: t('oversight:assignment.ended'), color: 'green' }
            : { title: t('shell:refused'), message: answer.message, color: 'orange' },
        );
      },
    });
  return (
    <Card>
      <div data-testid="assigned-person">
        <Title order={2} size="h3">
          {name}
        </Title>
        {office !== '' && <Text c="dimmed">{office}</Text>}
        <ul className={classes.list}>
          {assignments.map((assignment) => {
            const { subject } = assignment;
            const key = subject.kind === 'cell' ? subject.cellId : subject.organizationId;
            return (
              <li key={key} className={classes.row}>
                <span className={classes.subject}>
                  {subject.kind === 'cell'
                    ? subject.name
                    : t('oversight:assignment.subtree', { name: subject.name })}
                </span>
                <Button
                  variant="default"
                  aria-label={t('oversight:assignment.endNamed', { name, subject: subject.name })}
                  onClick={() => end(assignment)}
                >
                  {t('oversight:assignment.end')}
                </Button>
              </li>
            );
          })}
        </ul>
      </div>
    </Card>
  );
}
