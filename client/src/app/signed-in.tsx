import './mantine-more.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Outlet } from 'react-router';
import { Coming, fetched } from '../components/late.tsx';
import { LatePlace } from '../components/missing-part.tsx';
import { questionsMissed, questionsWanted } from '../hooks/ask-first.ts';
import { useReadable } from '../hooks/use-readable.ts';
import { sayMissed } from '../store/parts.ts';
import { Notices } from './notices.tsx';

const Questions = fetched(async () => (await import('./questions.tsx')).Questions);

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: false, refetchOnReconnect: true } },
});

/** What pages of somebody signed in have around them: what was read, what is told, and what is asked once there is something. */
export function SignedIn() {
  const asks = useReadable(questionsWanted);
  const missed = () => {
    questionsMissed();
    sayMissed();
  };
  return (
    <QueryClientProvider client={queries}>
      <Notices />
      {asks === 'yes' && (
        <LatePlace wait={<Coming />} instead={null} onMissing={missed}>
          <Questions />
        </LatePlace>
      )}
      <Outlet />
    </QueryClientProvider>
  );
}
