import { existsSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { startProduct } from '../../support/product.ts';
import { checkStored } from '../checker/check.ts';
import type { Finding } from '../checker/findings.ts';
import { readSqlite } from '../checker/stored.ts';
import type { Seeded } from '../seeded.ts';
import { Disk, orders } from '../shim/disk.ts';
import { writeFolder } from '../shim/folder.ts';
import { type Change, readJournal } from '../shim/journal.ts';
import type { EmbeddedStage } from '../stage/embedded.ts';
import type { Fault } from '../stage/stage.ts';

/** Starts on what a cut during the very first start has left. */
const firstStarts = 8;

/** Cuts the power of a server at work: what it had not synced is there, or not, or in part. */
export const cutPower: Fault<EmbeddedStage> = {
  name: 'power',
  inflict: async (stage, { chance, form }) => {
    if (stage.control === null) return { note: 'not tried: no C compiler here' };
    const rounds = form === 'short' ? 1 : 4;
    const looks = form === 'short' ? 20 : 100;
    const findings: Finding[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await wait(chance.between(500, form === 'short' ? 1_500 : 6_000));
      await stage.product.kill();
      if (round === 0 && form === 'long') findings.push(...(await cutTheFirstStart(stage, chance)));
      findings.push(...(await cutOnce(stage, looks, chance.fork(`round ${round}`))));
      await stage.crew.recovered();
    }
    const cuts = `${rounds * looks} moments of the past looked at`;
    return { note: `${rounds} times, started again on what was left; ${cuts}`, findings };
  },
};

/** Looks at many moments at which the power could have gone, then lets it have gone now and starts on what is left. */
async function cutOnce(stage: EmbeddedStage, looks: number, chance: Seeded): Promise<Finding[]> {
  const { journalPath, dataDir, crew } = stage;
  const changes = readJournal(journalPath);
  const first = changes.findIndex(({ at }) => at > crew.assembledAt);
  const moments = Array.from({ length: looks }, () => chance.between(Math.max(0, first), changes.length));
  const findings: Finding[] = [];
  const disk = new Disk(stage.ground);
  let taken = 0;
  for (const moment of moments.sort((a, b) => a - b)) {
    for (; taken < moment; taken += 1) disk.take(changes[taken] as Change);
    const order = chance.pick(orders);
    const left = disk.withoutPower(order, chance);
    findings.push(...(await look(stage, left, changes[moment]?.at ?? 0, `change ${moment}, ${order}`)));
  }
  for (; taken < changes.length; taken += 1) disk.take(changes[taken] as Change);
  const left = disk.withoutPower(chance.pick(orders), chance);
  writeFolder(left, dataDir, dataDir);
  truncateSync(journalPath);
  stage.ground = left;
  await stage.product.restart();
  return findings;
}

/** Power that goes while the server starts for the first time leaves a folder that it starts on. */
async function cutTheFirstStart(stage: EmbeddedStage, chance: Seeded): Promise<Finding[]> {
  const changes = readJournal(stage.journalPath);
  const written = changes.findIndex(({ at }) => at > stage.readyAt);
  const findings: Finding[] = [];
  for (let time = 0; time < firstStarts; time += 1) {
    const moment = chance.between(0, written);
    const order = chance.pick(orders);
    const disk = new Disk();
    for (const change of changes.slice(0, moment)) disk.take(change);
    const place = `${stage.dataDir}-first-${time}`;
    writeFolder(disk.withoutPower(order, chance), stage.dataDir, place);
    try {
      const product = await startProduct({ DEMO: '0', LOG_LEVEL: 'error', DATA_DIR: place });
      await product.stop();
    } catch (error) {
      const detail = `first start, change ${moment}, ${order}: ${error}`;
      findings.push({ promise: 'the product comes back', detail });
    }
    await rm(place, { recursive: true, force: true });
  }
  return findings;
}

/** Opens what would have been left, as a server would find it, and checks it against what had been said by then. */
async function look(
  stage: EmbeddedStage,
  left: ReadonlyMap<string, Buffer>,
  moment: number,
  name: string,
): Promise<readonly Finding[]> {
  const { dataDir, crew } = stage;
  const place = `${dataDir}-${moment}`;
  try {
    writeFolder(left, dataDir, place);
    const log = readSqlite(join(place, 'events.sqlite'));
    const { findings } = await checkStored(log, crew.ledger.until(moment));
    const lost = existsSync(join(place, 'secrets.json')) ? [] : [gone('secrets.json')];
    const accounts = accountsIn(join(place, 'directory.sqlite'));
    if (accounts < crew.accounts.length) lost.push(gone(`${crew.accounts.length - accounts} accounts`));
    return [...findings, ...lost].map(({ promise, detail }) => ({ promise, detail: `${name}: ${detail}` }));
  } catch (error) {
    return [{ promise: 'the product comes back', detail: `${name}: ${error}` }];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function gone(what: string): Finding {
  return { promise: 'an acknowledged command is stored once', detail: `${what} of DATA_DIR are gone` };
}

function accountsIn(path: string): number {
  const database = new DatabaseSync(path);
  try {
    return Number(database.prepare('SELECT count(*) AS number FROM accounts').get()?.number);
  } finally {
    database.close();
  }
}
