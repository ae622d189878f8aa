/**
 * `npm run fuzz -- [--count 1000000] [--seed N] [--from 0] [--players 260] [--seconds N]`: throws messages at every door of a server of
 * its own, and prints what came of it. A slice is made again with its seed and the number of its first message.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './run.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
    players: { type: 'string', default: '260' },
    seconds: { type: 'string', default: '86400' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const [count, seed, from, players, seconds] = [
  values.count,
  values.seed,
  values.from,
  values.players,
  values.seconds,
].map(Number);
if (![count, seed, from, players, seconds].every(Number.isSafeInteger)) {
  process.stderr.write('--count, --seed, --from, --players and --seconds are whole numbers.\n');
  process.exit(2);
}

say(`seed ${seed}, messages ${from} to ${Number(from) + Number(count) - 1}`);
const figures = await fuzz({
  seed: Number(seed),
  count: Number(count),
  from: Number(from),
  players: Number(players),
  seconds: Number(seconds),
  progress: (sent, perSecond) => say(`${sent} sent, ${Math.round(perSecond)} a second`),
});
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
say(
  `${figures.messages} messages in ${figures.seconds.toFixed(1)} s: ${Math.round(figures.messages / figures.seconds)} a second`,
);
say(`by door: ${JSON.stringify(figures.byDoor)}`);
say(`by answer: ${JSON.stringify(figures.byCode)}`);
say(
  `longest turn of the server's event loop: ${figures.longestTurn.toFixed(1)} ms, of which work ${figures.longestWork.toFixed(1)} ms`,
);
say(
  `heap ${megabytes(figures.heapBefore)} → ${megabytes(figures.heapAfter)} (just started: ${megabytes(figures.heapFirst)} before, ${megabytes(figures.heapAnew)} after), resident ${megabytes(figures.rssBefore)} → ${megabytes(figures.rssAfter)}`,
);
for (const { index, door, fault, sent } of figures.faults)
  say(`FAULT ${door} ${index}: ${fault}\n  ${sent.slice(0, 400)}`);
for (const line of figures.log.slice(0, 50)) say(`LOG ${line.slice(0, 1_500)}`);
say(
  `faults ${figures.faults.length}, lines of trouble in the log ${figures.log.length}, ${figures.alive ? 'alive' : 'NOT alive'}`,
);
say(JSON.stringify({ ...figures, faults: figures.faults.length, log: figures.log.length }));
process.exitCode = figures.faults.length + figures.log.length > 0 || !figures.alive ? 1 : 0;
