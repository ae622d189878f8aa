import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { drive, type FanoutTimes, plan } from './plan.ts';
import { Screens } from './screens.ts';

const serverFile = fileURLToPath(new URL('./baseline-server.ts', import.meta.url));

/** One run of the bare `ws` server with the plan's members. */
export async function runBaseline(): Promise<FanoutTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'fanout-baseline-'));
  const server = spawn(process.execPath, [serverFile, join(folder, 'log.sqlite')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const url = `ws://127.0.0.1:${line.split(' ')[1]}`;
    const sockets = await Promise.all(Array.from({ length: plan.members }, () => connect(url)));
    const screens = new Screens(plan.members);
    for (const socket of sockets) {
      socket.on('message', (raw) => {
        const event = JSON.parse(raw.toString()) as { type: string; id: number };
        if (event.type === 'voteMarked') screens.arrived(event.id);
      });
    }
    return await drive(
      (id) => {
        const person = id % plan.members;
        sockets[person]?.send(JSON.stringify({ id, person, choice: 'inFavour' }));
      },
      (id) => screens.allHave(id),
    );
  } finally {
    server.stdin.end();
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}
