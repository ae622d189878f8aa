import type { SignedIn } from '@diemcau/shared/protocol/http.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useApp } from './use-app.ts';

/** Where a session begins, and goes on to: the page that was wanted, or the terminal's meeting. */
export function useEntry(): {
  readonly enter: (
    knock: (app: ReturnType<typeof useApp>) => Promise<Answer<SignedIn>>,
    to?: string,
  ) => Promise<Answer<SignedIn>>;
  readonly busy: boolean;
} {
  const app = useApp();
  const navigate = useNavigate();
  const { state } = useLocation();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    enter: async (knock, to) => {
      setBusy(true);
      const answer = await knock(app);
      setBusy(false);
      if (answer.ok) {
        const { session } = answer.value;
        const there = session.kind === 'terminal' ? `/hop/${session.meetingId}` : (to ?? wanted(state));
        await navigate(there, { replace: true });
      }
      return answer;
    },
  };
}

/** The page that led to signing in; only ever one of ours. */
function wanted(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('from' in state) || typeof state.from !== 'string')
    return '/';
  return /^\/(?!\/)/.test(state.from) ? state.from : '/';
}
