import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { type Route, type RouteName, recordFilePaths, routes } from '@diemcau/shared/protocol/http.ts';
import { addressOf, type Player } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { generate } from '../generate.ts';
import { mutate, mutateText } from '../mutate.ts';
import { patience } from '../wire.ts';
import type { FuzzDoor, Met, Stage } from './door.ts';
import { judgeRefusal } from './judge.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 4, maxTotalSockets: 400 });

/** A request as it goes out. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly from: string;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends and reads the answer, at most the first 64 kB of it; rejects when there is none. */
export function exchange(url: string, { method, path, headers, body, from }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = send({
      hostname,
      port,
      method,
      path,
      agent,
      localAddress: from,
      timeout: patience,
      headers,
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        if (text.length < 65_536) text += piece;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** @returns what the answer says; whatever is no success below `/api` has a closed code. */
export async function ask(stage: Stage, chance: Chance, request: Sent): Promise<Met> {
  const sent = JSON.stringify(request);
  try {
    const { status, type, text } = await exchange(stage.url, request);
    const json = /^application\/json(;|$)/.test(type);
    if (status >= 200 && status < 300) {
      if (json && chance.yes(0.05) && text.length < 65_536) stage.pool.learn(JSON.parse(text));
      return { code: 'ok', fault: null, sent };
    }
    // An answer to HEAD has no body.
    if (text === '' && request.method === 'HEAD') return { code: `status ${status}`, fault: null, sent };
    if (!json) return { code: 'none', fault: `status ${status}, ${type}: ${text.slice(0, 200)}`, sent };
    const met = judgeRefusal(JSON.parse(text), sent);
    return status >= 500 && met.code !== 'tryAgain' ? { ...met, fault: `status ${status}` } : met;
  } catch (error) {
    const reset = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    // Node ends a connection whose client goes on sending after it was told no.
    return reset
      ? { code: 'closed', fault: null, sent }
      : { code: 'none', fault: `no answer: ${String(error)}`, sent };
  }
}

/** Their answers stay: sessions of the players must not end, and passwords cost the machine. */
const rare: Readonly<Record<string, number>> = {
  logout: 0,
  lock: 0.02,
  unlock: 0.002,
  setPin: 0.002,
  login: 0.002,
  activate: 0.004,
  firstAdministrator: 0.004,
  demoLogin: 0.02,
  createMeeting: 0.05,
  importMembers: 0.02,
};
const names = Object.keys(routes) as RouteName[];

function pathOf(route: Route, stage: Stage, chance: Chance): string {
  const params = (route.params ? generate(route.params, { chance, pool: stage.pool }) : {}) as Record<
    string,
    unknown
  >;
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = chance.yes(0.1) ? mutate(params[key], chance) : params[key];
    return encodeURIComponent(JSON.stringify(value)?.replace(/^"|"$/g, '') ?? '').slice(0, 400);
  });
  const query = Object.entries(
    Object(route.query ? generate(route.query, { chance, pool: stage.pool }) : {}) as object,
  );
  const changed = query.map(([key, value]) => [key, String(chance.yes(0.3) ? mutate(value, chance) : value)]);
  try {
    return changed.length === 0 ? path : `${path}?${new URLSearchParams(changed)}`;
  } catch {
    return path;
  }
}

export function bearer({ token }: Player): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Bodies, addresses and queries of every route. */
export const routesDoor: FuzzDoor = {
  name: 'HTTP routes',
  share: 15,
  send: (stage, chance) => {
    let name = chance.pick(names);
    if (!chance.yes(rare[name] ?? 1)) name = 'home';
    const route: Route = routes[name];
    const player = chance.pick(chance.yes(0.7) ? stage.officers : stage.players);
    let body: unknown = route.body && generate(route.body, { chance, pool: stage.pool });
    for (
      let changes = chance.yes(0.15) ? 0 : 1 + chance.below(3);
      changes > 0 && body !== undefined;
      changes -= 1
    )
      body = mutate(body, chance);
    let text = body === undefined ? undefined : JSON.stringify(body);
    if (text !== undefined && chance.yes(0.15)) text = mutateText(text, chance);
    const type = chance.yes(0.95)
      ? 'application/json'
      : chance.pick([
          'text/plain',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/json; charset=x',
          '',
        ]);
    return ask(stage, chance, {
      method: route.method,
      path: pathOf(route, stage, chance),
      headers: { ...bearer(player), ...(text === undefined ? {} : { 'content-type': type }) },
      body: text,
      from: player.address,
    });
  },
};

/** Files of a record, addresses that are none, and methods that no route has. */
export const addressesDoor: FuzzDoor = {
  name: 'HTTP addresses',
  share: 2,
  send: (stage, chance) => {
    const player = chance.pick(stage.players);
    const meetingId = stage.pool.pick('meeting', chance) ?? 'm';
    const paths = [
      recordFilePaths.log,
      '/api/members-template.xlsx',
      '/api/meetings/:meetingId/%2e%2e',
      '/api/line/trip',
    ];
    const path = chance.pick(paths).replace(':meetingId', meetingId);
    const changed = chance.yes(0.5) ? path : encodeURI(mutateText(path, chance).toWellFormed());
    return ask(stage, chance, {
      method: chance.pick(['GET', 'GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']),
      path: `/api/${changed.replace(/^\/?(api\/)?/, '')}`.replace(/[^\x21-\x7e]/g, '_'),
      headers: chance.yes(0.8) ? bearer(player) : {},
      from: player.address,
    });
  },
};

/** Requests that are no HTTP any more: answered with a closed code, or hung up on. */
export const rawDoor: FuzzDoor = {
  name: 'raw HTTP',
  share: 1,
  send: (stage, chance) => {
    const player = chance.pick(stage.players);
    const body = JSON.stringify({ slot: 'main' });
    const lines = [
      'POST /api/refresh HTTP/1.1',
      'host: localhost',
      `content-length: ${chance.pick([body.length, body.length + 5, -1, 99_999_999_999])}`,
      'content-type: application/json',
      `cookie: diemcau_main=${player.cookie}x`,
      `x-${chance.letters(5)}: ${chance.letters(chance.pick([1, 20, 20_000]))}`,
      'connection: close',
    ];
    const whole = `${lines.join('\r\n')}\r\n\r\n${body}`;
    return rawExchange(stage.url, mutateText(whole, chance), addressOf(chance.below(5_000)));
  },
};

function rawExchange(url: string, text: string, localAddress: string): Promise<Met> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    let answer = '';
    // What is announced and never sent is waited for: hung up on from here.
    const timer = setTimeout(() => socket.destroy(), 300);
    socket.setEncoding('utf8').on('data', (piece) => {
      answer += piece;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      // The first answer: a second one may follow to what came behind the request.
      const [head = '', rest = ''] = answer.split('\r\n\r\n');
      const body = rest.split('HTTP/1.1')[0];
      if (answer === '' || / 2\d\d /.test(head.split('\r\n')[0] ?? '')) {
        resolve({ code: answer === '' ? 'closed' : 'ok', fault: null, sent: text });
      } else if (!/application\/json/i.test(head)) {
        // Outside /api there are pages: a plain word will do.
        resolve({ code: 'closed', fault: null, sent: text });
      } else {
        resolve(judgeRefusal(parsed(body ?? ''), text));
      }
    });
    socket.write(text);
    if (!/chunked/i.test(text)) socket.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
