import './mantine-more.ts';
import { useNotifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { late } from '../components/late.tsx';
import { questionsWanted } from '../hooks/ask-first.ts';
import { useReadable } from '../hooks/use-readable.ts';

const Notices = late(async () => (await import('./notices.tsx')).Notices, null);
const Questions = late(async () => (await import('./questions.tsx')).Questions, null);

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: false, refetchOnReconnect: true } },
});

/** What pages of somebody signed in have around them: what was read, and what is told and asked once there is something. */
export function SignedIn() {
  const { notifications, queue } = useNotifications();
  const asks = useReadable(questionsWanted);
  const [told, setTold] = useState(false);
  if (!told && notifications.length + queue.length > 0) setTold(true);
  return (
    <QueryClientProvider client={queries}>
      {told && <Notices />}
      {asks === 'yes' && <Questions />}
      <Outlet />
    </QueryClientProvider>
  );
}
