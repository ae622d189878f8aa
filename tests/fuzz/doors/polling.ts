import { addressOf, handshakeOf } from '../cast.ts';
import { mutateText } from '../mutate.ts';
import type { FuzzDoor } from './door.ts';
import { exchange } from './http.ts';

/**
 * Socket.IO's other way in, by HTTP requests. What Engine.IO itself refuses there it says in its own form; nothing may be a
 * fault of the server, and nothing stay without an answer.
 */
export const pollingDoor: FuzzDoor = {
  name: 'polling',
  share: 1,
  send: async (stage, chance) => {
    const session = chance.yes(0.5) ? `&sid=${chance.letters(20)}` : '';
    const path = `/socket.io/?EIO=4&transport=polling${session}`;
    const body = chance.yes(0.3) ? undefined : `40${handshakeOf(chance.pick(stage.players))}`;
    const request = {
      method: body === undefined ? 'GET' : 'POST',
      path: chance.yes(0.5) ? path : encodeURI(mutateText(path, chance).toWellFormed()).replace(/^[^/]*/, ''),
      headers: { 'content-type': 'text/plain' },
      ...(body === undefined ? {} : { body: mutateText(body, chance) }),
      from: addressOf(chance.below(5_000)),
    };
    const sent = JSON.stringify(request);
    try {
      const { status } = await exchange(stage.url, { ...request, path: request.path || '/' });
      return { code: `status ${status}`, fault: status >= 500 ? `status ${status}` : null, sent };
    } catch (error) {
      const reset = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
      return { code: reset ? 'closed' : 'none', fault: reset ? null : `no answer: ${String(error)}`, sent };
    }
  },
};
