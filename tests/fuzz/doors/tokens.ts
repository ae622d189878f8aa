import { createHmac } from 'node:crypto';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { addressOf, type Player } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { mutate, mutateText } from '../mutate.ts';
import { Wire } from '../wire.ts';
import type { FuzzDoor, Met, Stage } from './door.ts';
import { ask } from './http.ts';
import { judgeRefusal } from './judge.ts';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');

/** A token that nobody issued: another's payload, another algorithm, another key, or letters. */
function forged({ token }: Player, chance: Chance): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  switch (chance.below(6)) {
    case 0:
      return `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.`;
    case 1: {
      const text = `${header}.${encoded(mutate(claims, chance))}`;
      return `${text}.${createHmac('sha256', chance.letters(40)).update(text).digest('base64url')}`;
    }
    case 2:
      return `${encoded({ alg: chance.pick(['HS512', 'RS256', 'ES256', '']), kid: '../x' })}.${payload}.${signature}`;
    case 3:
      return `${header}.${encoded({ ...claims, exp: 9e9, sid: chance.letters(22) })}.${signature}`;
    case 4:
      return chance.letters(chance.below(400));
    default:
      // Forged for sure: what is left of the first half decides what is signed.
      return `${mutateText(header + payload, chance)}.${signature}`;
  }
}

/** Whoever is let in by a forged token is a fault. */
function mustNotEnter(met: Met): Met {
  return met.code === 'ok' ? { ...met, fault: 'let in by a forged token' } : met;
}

const header = (text: string) => text.replace(/[^\x21-\x7e]/g, '');

/** Access tokens and refresh cookies over HTTP. */
export const tokensDoor: FuzzDoor = {
  name: 'tokens',
  share: 6,
  send: async (stage: Stage, chance) => {
    const player = chance.pick(stage.players);
    const from = addressOf(chance.below(5_000));
    if (chance.yes(0.7)) {
      const authorization = `${chance.yes(0.95) ? 'Bearer ' : ''}${header(forged(player, chance))}`;
      const request = { method: 'GET', path: '/api/home', headers: { authorization }, from };
      return mustNotEnter(await ask(stage, chance, request));
    }
    const changed = header(mutateText(player.cookie, chance)).replaceAll(';', '');
    const cookie = changed === player.cookie ? 'x' : changed;
    return mustNotEnter(
      await ask(stage, chance, {
        method: 'POST',
        path: '/api/refresh',
        headers: { cookie: `diemcau_main=${cookie}`, 'content-type': 'application/json' },
        body: '{}',
        from,
      }),
    );
  },
};

/** Handshakes of the socket. */
export const handshakesDoor: FuzzDoor = {
  name: 'handshakes',
  share: 1,
  send: async (stage, chance) => {
    const said = {
      token: forged(chance.pick(stage.players), chance),
      protocol: protocolVersion,
      language: 'vi',
    };
    const text = JSON.stringify(chance.yes(0.5) ? said : mutate(said, chance));
    const connect = chance.yes(0.9) ? text : mutateText(text, chance);
    const opening = await Wire.open(stage.url, connect, addressOf(chance.below(5_000)));
    switch (opening.kind) {
      case 'refused': {
        const { data, message } = Object(opening.said) as { data?: unknown; message?: unknown };
        // A namespace that isn't there is refused by Socket.IO itself.
        if (message === 'Invalid namespace') return { code: 'closed', fault: null, sent: connect };
        return judgeRefusal(data, connect);
      }
      case 'closed':
        return { code: 'closed', fault: null, sent: connect };
      case 'open':
        opening.wire.close();
        return { code: 'ok', fault: 'let in by a forged token', sent: connect };
    }
  },
};
