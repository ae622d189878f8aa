import { refusalCodes } from '@diemcau/shared/result.ts';
import type { Reply } from '../wire.ts';
import type { Met } from './door.ts';

const closed: ReadonlySet<string> = new Set(refusalCodes);

/** @returns what a refusal says, and whether it is one of the product's. */
export function judgeRefusal(said: unknown, sent: string): Met {
  const { code, message } = Object(said) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !closed.has(code))
    return { code: 'none', fault: `not a closed code: ${JSON.stringify(said)?.slice(0, 300)}`, sent };
  if (typeof message !== 'string' || message === '')
    return { code, fault: 'a refusal without its sentence', sent };
  return { code, fault: code === 'internal' ? 'a fault of the server’s own' : null, sent };
}

/** Every request of a socket is answered, or its connection ended. */
export function judgeReply(reply: Reply, sent: string): Met {
  switch (reply.kind) {
    case 'closed':
      return { code: 'closed', fault: null, sent };
    case 'silence':
      return { code: 'none', fault: 'no answer', sent };
    case 'answer': {
      const answer = Object(reply.value) as { ok?: unknown };
      return answer.ok === true ? { code: 'ok', fault: null, sent } : judgeRefusal(answer, sent);
    }
  }
}
