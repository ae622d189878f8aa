import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { io, type Socket } from 'socket.io-client';
import { build } from 'vite';
import { RobotMedia } from '../../../robots/robot-media.ts';
import { transportParameters } from '../../../robots/sdp.ts';
import { type JoinTimes, plan } from '../plan.ts';
import { install, type Marks, measure } from '../stopwatch.ts';
import type { BareRequests } from './protocol.ts';

const marks: Marks = { click: '#join', state: '#state' };
const serverFile = fileURLToPath(new URL('./server.ts', import.meta.url));

/** The minimal page with its server and senders, ready for run after run. */
export interface BareHall {
  run(browser: Browser): Promise<readonly JoinTimes[]>;
  close(): Promise<void>;
}

export async function openBareHall(): Promise<BareHall> {
  const folder = await mkdtemp(join(tmpdir(), 'join-baseline-'));
  const script = join(folder, 'page.js');
  await writeFile(script, await bundledPage());
  const server = spawn(process.execPath, [serverFile, script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const url = `http://127.0.0.1:${line.split(' ')[1]}`;
  const senders = await Promise.all(Array.from({ length: plan.senders }, () => send(url)));
  return {
    run: (browser) => run(browser, url),
    close: async () => {
      for (const close of senders) close();
      server.stdin.end();
      await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

async function run(browser: Browser, url: string): Promise<readonly JoinTimes[]> {
  const context = await browser.newContext();
  await install(context, marks);
  const times: JoinTimes[] = [];
  for (let entry = 0; entry < plan.joins; entry += 1) {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForSelector('body[data-ready]');
    await page.waitForTimeout(plan.settle);
    times.push(await measure(page, marks));
    await page.close();
  }
  await context.close();
  return times;
}

/** @returns what ends the sender. */
async function send(url: string): Promise<() => void> {
  const socket: Socket<Record<never, never>, BareRequests> = io(url, { transports: ['websocket'] });
  const media = new RobotMedia({
    connectTransport: async (_, dtlsParameters) => {
      await socket.emitWithAck('connectTransport', { dtlsParameters });
    },
    produce: (_, stream) => socket.emitWithAck('produce', stream),
  });
  await media.openSend(transportParameters.parse(await socket.emitWithAck('openSend')));
  await media.startCamera(3);
  return () => {
    media.close();
    socket.disconnect();
  };
}

async function bundledPage(): Promise<string> {
  const input = fileURLToPath(new URL('./page.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2023', rolldownOptions: { input, output: { codeSplitting: false } } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const bundle of outputs) {
    if (!('output' in bundle)) continue;
    for (const file of bundle.output) if (file.type === 'chunk' && file.isEntry) return file.code;
  }
  throw new Error('the page was not bundled');
}
