import { clientCommand } from '@diemcau/shared/protocol/commands.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import { wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { connected } from '../cast.ts';
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
]);

function command({ pool }: Stage, chance: Chance): [string, unknown] {
  const making = { chance, pool };
  let body = generate(chance.pick(clientCommand.options), making) as { type: string };
  if (final.has(body.type) && !chance.yes(0.01)) body = { type: 'stepAway' };
  return ['command', { ...(generate(commandRequest, making) as object), command: body }];
}

/** Sends a request, as its schema says, changed, or as a text that is none any more. */
export async function sendRequest(
  stage: Stage,
  chance: Chance,
  [name, payload]: readonly [string, unknown],
): Promise<Met> {
  const player = chance.pick(stage.players);
  const wire = await connected(stage.url, player, { ...stage, chance });
  if (!wire) return { code: 'closed', fault: null, sent: 'a connection' };
  let changed = payload;
  for (let changes = chance.yes(0.5) ? 0 : 1 + chance.below(3); changes > 0; changes -= 1) {
    changed = mutate(changed, chance);
  }
  const text = JSON.stringify([name, changed]);
  const sent = `${player.name}: ${text}`;
  const reply = await wire.ask(text);
  if (reply.kind === 'answer' && chance.yes(0.05)) stage.pool.learn(reply.value);
  return judgeReply(reply, sent);
}

/** Requests of a meeting's room and of a wall. */
export const requestsDoor: FuzzDoor = {
  name: 'socket requests',
  share: 20,
  send: (stage, chance) => {
    const name = chance.pick(names);
    return sendRequest(stage, chance, [name, generate(requests[name], { chance, pool: stage.pool })]);
  },
};

/** Every command there is. */
export const commandsDoor: FuzzDoor = {
  name: 'commands',
  share: 27,
  send: (stage, chance) => sendRequest(stage, chance, command(stage, chance)),
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
  '40/admin,{}',
];

/** Frames that no client would write: after each the connection still answers, or has been ended. */
export const framesDoor: FuzzDoor = {
  name: 'socket frames',
  share: 8,
  send: async (stage, chance) => {
    const player = chance.pick(stage.players);
    const wire = await connected(stage.url, player, { ...stage, chance });
    if (!wire) return { code: 'closed', fault: null, sent: 'a connection' };
    const name = chance.pick([...names, 'error', 'connect', 'disconnect', 'newListener', '__proto__']);
    const text = JSON.stringify([name, generate(requests.join, { chance, pool: stage.pool })]);
    const id = chance.pick(['', '0', '00', '-1', '99999999999999999999', '1e3']);
    const frame = frameOf(chance, `42${id}${text}`);
    const sent = `${player.name}: frame ${typeof frame === 'string' ? frame : frame.toString('base64')}`;
    return judgeReply(await wire.throwIn(frame), sent);
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
