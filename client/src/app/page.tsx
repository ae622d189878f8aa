import { MantineProvider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { Loading } from '../components/states.tsx';
import { AppProvider, useSession } from '../hooks/use-app.ts';
import type { App } from '../store/app.ts';
import { ReachGate } from './reach-gate.tsx';
import { createRouter, wantsSession } from './routes.tsx';
import { styleNonce } from './style-nonce.ts';
import { cssVariables, themeWith } from './theme.ts';

/** Everything around the pages: colours, texts, services, addresses. */
export function Page({ app }: { readonly app: App }) {
  const { t } = useTranslation('shell');
  const close = t('close');
  const theme = useMemo(() => themeWith({ close }), [close]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <AppProvider value={app}>
        <ReachGate>
          <Addresses />
        </ReachGate>
      </AppProvider>
    </MantineProvider>
  );
}

/** The pages by address, once it is known whether somebody is signed in: a page that nobody may see is not even fetched. */
function Addresses() {
  const { kind } = useSession();
  const [known, setKnown] = useState<'no' | 'yes'>(() =>
    wantsSession(window.location.pathname) ? 'no' : 'yes',
  );
  if (known === 'no' && kind !== 'restoring') setKnown('yes');
  return known === 'no' ? <Loading /> : <Routes somebody={kind === 'signedOut' ? 'no' : 'yes'} />;
}

function Routes({ somebody }: { readonly somebody: 'no' | 'yes' }) {
  const [router] = useState(() => createRouter(somebody));
  return <RouterProvider router={router} />;
}
