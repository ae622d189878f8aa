import { clientCommand } from '@diemcau/shared/protocol/commands.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import { wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { type Speaking, somebody } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { generate } from '../generate.ts';
import { mutate, mutateText } from '../mutate.ts';
import type { FuzzDoor, Met, Stage } from './door.ts';
import { judgeReply } from './judge.ts';

const { media: _media, command: commandRequest, ...room } = socketRequests;
const { wallMedia: _wallMedia, ...wall } = wallRequests;
const requests = { ...room, ...wall };
const names = Object.keys(requests) as (keyof typeof requests)[];

/** These end a meeting for everybody: now and then is enough. */
const final: ReadonlySet<string> = new Set([
  'cancelMeeting',
  'closeMeeting',
  'sealRecord',
  'interruptMeeting',
  'suspendMeeting',
  'leaveMeeting',
]);

/** A request's name and what it says. */
export type Request = readonly [name: string, payload: unknown];

function command({ pool, meetingId }: Speaking, chance: Chance): Request {
  const making = { chance, pool };
  let body = generate(chance.pick(clientCommand.options), making) as { type: string };
  if (final.has(body.type) && !chance.yes(0.01)) body = { type: 'comeBack' };
  return ['command', { ...(generate(commandRequest, making) as object), meetingId, command: body }];
}

function request({ pool, meetingId }: Speaking, chance: Chance): Request {
  const name = chance.pick(names);
  const payload = generate(requests[name], { chance, pool }) as Record<string, unknown>;
  // Somebody who only ever enters and leaves meets with little.
  if (name === 'leave' && chance.yes(0.9)) return ['clock', {}];
  return [name, 'meetingId' in payload && chance.yes(0.9) ? { ...payload, meetingId } : payload];
}

/** Sends a request of somebody's as it is, changed, or as a text that is none any more. */
export async function sendRequest(
  stage: Stage,
  chance: Chance,
  make: (speaking: Speaking, chance: Chance) => Request,
): Promise<Met> {
  const speaking = await somebody(stage, chance);
  if (!speaking) return { code: 'closed', fault: null, sent: 'a connection' };
  const [name, payload] = make(speaking, chance);
  let changed = payload;
  for (let changes = chance.yes(0.55) ? 0 : 1 + chance.below(3); changes > 0; changes -= 1) {
    changed = mutate(changed, chance);
  }
  const text = JSON.stringify([name, changed]);
  const reply = await speaking.wire.ask(text);
  if (reply.kind === 'answer' && /media/i.test(name)) speaking.player.own.learn(reply.value);
  else if (reply.kind === 'answer' && chance.yes(0.05)) speaking.pool.learn(reply.value);
  return judgeReply(reply, `${speaking.player.name}: ${text}`);
}

/** Requests of a meeting's room and of a wall. */
export const requestsDoor: FuzzDoor = {
  name: 'socket requests',
  share: 20,
  send: (stage, chance) => sendRequest(stage, chance, request),
};

/** Every command there is. */
export const commandsDoor: FuzzDoor = {
  name: 'commands',
  share: 27,
  send: (stage, chance) => sendRequest(stage, chance, command),
};

const frames = [
  '',
  '0',
  '1',
  '2probe',
  '3',
  '4',
  '40',
  '41',
  '42',
  '43',
  '430[]',
  '44',
  '45',
  '46',
  '5',
  '6',
  '7',
];
const strange = ['error', 'connect', 'disconnect', 'newListener', '__proto__'];

/** Frames that no client would write: after each the connection still answers, or has been ended. */
export const framesDoor: FuzzDoor = {
  name: 'socket frames',
  share: 8,
  send: async (stage, chance) => {
    const speaking = await somebody(stage, chance);
    if (!speaking) return { code: 'closed', fault: null, sent: 'a connection' };
    const [name, payload] = request(speaking, chance);
    const text = JSON.stringify([chance.yes(0.3) ? chance.pick(strange) : name, payload]);
    const id = chance.pick(['', '0', '00', '-1', '99999999999999999999', '1e3']);
    const frame = frameOf(chance, `42${id}${text}`);
    const written = typeof frame === 'string' ? frame : frame.toString('base64');
    return judgeReply(await speaking.wire.throwIn(frame), `${speaking.player.name}: frame ${written}`);
  },
};

function frameOf(chance: Chance, event: string): string | Buffer {
  switch (chance.below(8)) {
    case 0:
      return chance.pick(frames) + (chance.yes(0.5) ? mutateText(event, chance) : '');
    case 1:
      return Buffer.from(chance.letters(chance.below(200)));
    case 2:
      // Announces attachments that come, or don't.
      return `45${chance.pick(['1', '0', '-1', '999999999', '1.5'])}-["clock",{"_placeholder":true,"num":0}]`;
    case 3:
      return `42${'['.repeat(chance.pick([10, 1_000, 30_000]))}`;
    case 4:
      return `420["clock",${'['.repeat(20_000)}${']'.repeat(20_000)}]`;
    default:
      return mutateText(event, chance);
  }
}
