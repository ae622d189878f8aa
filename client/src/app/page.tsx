import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { AppProvider } from '../hooks/use-app.ts';
import type { App } from '../store/app.ts';
import { ReachGate } from './reach-gate.tsx';
import { createRouter } from './routes.tsx';
import { styleNonce } from './style-nonce.ts';
import { cssVariables, themeWith } from './theme.ts';

/** Everything around the pages: colours, texts, services, addresses. */
export function Page({ app }: { readonly app: App }) {
  const [router] = useState(createRouter);
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 15_000, retry: false, refetchOnReconnect: true } },
      }),
  );
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
      <QueryClientProvider client={queries}>
        <AppProvider value={app}>
          <Notifications position="top-center" autoClose={6000} />
          <ReachGate>
            <RouterProvider router={router} />
          </ReachGate>
        </AppProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
