import { createServer, type Server } from 'node:http';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { Server as SocketServer } from 'socket.io';
import { z } from 'zod';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { PeerOpening, PeerRequest } from '../../server/src/media/port.ts';
import { bundledPage } from '../support/bundled-page.ts';
import { meeting, startEngine } from './studio.ts';

const html = '<!doctype html><meta charset="utf-8"><body><script type="module" src="/page.js"></script>';

const joining = z.object({ person: z.string() });
const asking = z.object({ name: z.enum(['open', ...Object.keys(mediaRequests)]), data: z.unknown() });

export interface TestServer {
  readonly url: string;
  readonly engine: MediasoupEngine;
  /** Requests about media as they came, oldest first. */
  readonly requests: PeerRequest[];
  readonly close: () => Promise<void>;
}

/** The engine and the client's media around it, with the least of a room between them: whoever joins may send. */
export async function startTestServer(workers = 1): Promise<TestServer> {
  const engine = await startEngine(workers);
  const requests: PeerRequest[] = [];
  const script = await bundledPage(new URL('page/page.ts', import.meta.url));
  const http = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  const io = new SocketServer(http, { serveClient: false });
  io.on('connection', (socket) => {
    let opening: PeerOpening | null = null;
    socket.on('join', async (body: unknown, answer: (value: unknown) => void) => {
      const person = asId<PersonId>(joining.parse(body).person);
      opening = {
        meetingId: meeting,
        peerId: socket.id,
        owner: { kind: 'person', person },
        rights: 'sendAndReceive',
        notify: (notice) => socket.emit('notice', notice),
      };
      const offer = await engine.openPeer(opening);
      answer({ media: offer.ok ? offer.value : null, mediaRefusal: offer.ok ? null : offer.refusal.code });
    });
    socket.on('media', async (body: unknown, answer: (value: unknown) => void) => {
      const { name, data } = asking.parse(body);
      // Of somebody's line the product's door tells the officers; there are none here.
      if (name === 'quality') return answer({ ok: true, value: {} });
      const request = { name, data } as PeerRequest;
      requests.push(request);
      const result =
        name === 'open' && opening
          ? await engine.openPeer(opening)
          : await engine.request(socket.id, request);
      answer(result.ok ? result : { ok: false, code: result.refusal.code, message: '' });
    });
    socket.on('disconnect', () => engine.closePeer(socket.id, 'left'));
  });
  return {
    url: await listen(http),
    engine,
    requests,
    close: async () => {
      await io.close();
      await engine.close();
    },
  };
}

function listen(http: Server): Promise<string> {
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => {
      const address = http.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    });
  });
}
