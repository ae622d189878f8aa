import '../../i18n/home-texts.ts';
import type { Home } from '@diemcau/shared/protocol/http.ts';
import { Box, Container, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useSession } from '../../hooks/use-app.ts';
import { useHome } from '../../hooks/use-home.ts';
import { fetched, lateWindow } from '../late.tsx';
import { LateMenu } from '../late-menu.tsx';
import { AccountButton } from './account-button.tsx';
import { Brand } from './brand.tsx';
import { InsecureNotice } from './insecure-notice.tsx';
import { LineBanner, LineChip } from './line.tsx';
import { LanguageSwitch, SchemeSwitch } from './preferences.tsx';
import classes from './shell.module.css';
import { SkipLink } from './skip-link.tsx';

const OwnMenu = fetched(async () => (await import('./account-menu.tsx')).AccountMenu);
const OwnPin = lateWindow(async () => (await import('./own-pin.tsx')).OwnPin);

/** The pages of who is signed in: brand, where to go, who one is, how the line is. */
export function ShellLayout() {
  const { t } = useTranslation('shell');
  const destinations = destinationsOf(useHome().data);
  return (
    <>
      <SkipLink />
      <Box component="header" className={classes.header}>
        <Group justify="space-between" gap="xs">
          <Brand />
          <Group gap={0} component="nav" aria-label={t('nav.label')} visibleFrom="sm">
            <Destinations to={destinations} />
          </Group>
          <Group gap={0} wrap="nowrap">
            <Box visibleFrom="sm" me="xs">
              <LineChip />
            </Box>
            <LanguageSwitch />
            <SchemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
        {destinations.length > 1 && (
          <Group
            gap={0}
            component="nav"
            aria-label={t('nav.label')}
            hiddenFrom="sm"
            className={classes.phoneNav}
          >
            <Destinations to={destinations} />
          </Group>
        )}
      </Box>
      <LineBanner />
      <Container component="main" id="main" tabIndex={-1} size="xl" px="md" py="lg" className={classes.main}>
        <Stack gap="lg">
          <InsecureNotice />
          <Outlet />
        </Stack>
      </Container>
    </>
  );
}

/** Where the head leads: everybody to today, superiors to their plans and notes, administrators to what they manage. */
const addresses = {
  today: '/',
  visits: '/ke-hoach-du',
  observations: '/nhan-xet',
  administration: '/quan-tri',
} as const;
type Destination = keyof typeof addresses;

function destinationsOf(home: Home | undefined): readonly Destination[] {
  return [
    'today',
    ...(home && home.superiorOf.length > 0 ? (['visits', 'observations'] as const) : []),
    ...(home?.administers === 'something' ? (['administration'] as const) : []),
  ];
}

function Destinations({ to }: { readonly to: readonly Destination[] }) {
  const { t } = useTranslation('shell');
  return (
    <>
      {to.map((name) => (
        <NavLink key={name} to={addresses[name]} end={name === 'today'} className={classes.nav ?? ''}>
          {t(`nav.${name}`)}
        </NavLink>
      ))}
    </>
  );
}

function AccountMenu() {
  const [pin, setPin] = useState(false);
  const session = useSession();
  if (session.kind !== 'signedIn' || session.session.kind !== 'person') return null;
  const person = session.session;
  return (
    <>
      <LateMenu button={<AccountButton name={person.name} />}>
        <OwnMenu person={person} onPin={() => setPin(true)} />
      </LateMenu>
      <OwnPin opened={pin} onClose={() => setPin(false)} />
    </>
  );
}
