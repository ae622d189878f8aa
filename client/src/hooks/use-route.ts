import type { RouteAnswer, RouteName } from '@diemcau/shared/protocol/http.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ApiRequest } from '../net/api.ts';
import { useApp, useSession } from './use-app.ts';

/** A refusal as TanStack Query carries it: the message is a sentence for people. */
export class RouteRefusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads a route as the person who is signed in. @param every milliseconds between readings while the page is seen. */
export function useRoute<N extends RouteName>(
  name: N,
  request: ApiRequest<N>,
  every?: number,
): UseQueryResult<RouteAnswer<N>, RouteRefusal> {
  const { session } = useApp();
  const state = useSession();
  // Keyed by the person too: nobody reads what another has left in the page.
  const who = state.kind === 'signedIn' && state.session.kind === 'person' ? state.session.personId : null;
  return useQuery<RouteAnswer<N>, RouteRefusal>({
    queryKey: [who, name, request],
    queryFn: async () => {
      const answer = await session.call(name, request);
      if (!answer.ok) throw new RouteRefusal(answer.code, answer.message);
      return answer.value;
    },
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}

/** Writes through routes, and has what was read before read anew. */
export function useWrite(): {
  readonly write: <N extends RouteName>(name: N, request: ApiRequest<N>) => Promise<Answer<RouteAnswer<N>>>;
  readonly busy: boolean;
} {
  const { session } = useApp();
  const queries = useQueryClient();
  const [underWay, setUnderWay] = useState(0);
  const write = useCallback(
    async <N extends RouteName>(name: N, request: ApiRequest<N>) => {
      setUnderWay((count) => count + 1);
      const answer = await session.call(name, request);
      if (answer.ok) await queries.invalidateQueries();
      setUnderWay((count) => count - 1);
      return answer;
    },
    [session, queries],
  );
  return { write, busy: underWay > 0 };
}
