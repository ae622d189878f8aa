import { Anchor, Box, Stack, Text, Title } from '@mantine/core';
import type { FormEventHandler, ReactNode } from 'react';
import { Link } from 'react-router';
import { Card } from '../../components/card.tsx';
import { RefusalNotice } from '../../components/states.tsx';
import { useDocumentTitle } from '../../hooks/use-document-title.ts';

/** One column in the middle: a title, a sentence, fields, and the way back. */
export function NarrowForm(props: {
  readonly title: string;
  readonly text: string;
  readonly refusal: string | null;
  readonly back: string;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly children: ReactNode;
}) {
  useDocumentTitle(props.title);
  return (
    <Box maw="34rem" w="100%" mx="auto">
      <Card>
        <form onSubmit={props.onSubmit} noValidate>
          <Stack gap="md">
            <div>
              <Title order={1}>{props.title}</Title>
              <Text c="dimmed">{props.text}</Text>
            </div>
            {props.refusal !== null && <RefusalNotice message={props.refusal} />}
            {props.children}
            <Anchor component={Link} to="/dang-nhap" py="xs">
              {props.back}
            </Anchor>
          </Stack>
        </form>
      </Card>
    </Box>
  );
}
