import { Box, Container, Group, Stack } from '@mantine/core';
import { Outlet } from 'react-router';
import { Brand } from './brand.tsx';
import { InsecureNotice } from './insecure-notice.tsx';
import { LanguageSwitch, SchemeSwitch } from './preferences.tsx';
import classes from './shell.module.css';
import { SkipLink } from './skip-link.tsx';

/** The pages before anybody is signed in. */
export function PublicLayout() {
  return (
    <>
      <SkipLink />
      <Box component="header" className={classes.header}>
        <Group justify="space-between" wrap="nowrap" h="100%">
          <Brand />
          <Group gap={0} wrap="nowrap">
            <LanguageSwitch />
            <SchemeSwitch />
          </Group>
        </Group>
      </Box>
      <Container component="main" id="main" tabIndex={-1} size="xl" px="md" py="lg" className={classes.main}>
        <Stack gap="lg">
          <InsecureNotice />
          <Outlet />
        </Stack>
      </Container>
    </>
  );
}
