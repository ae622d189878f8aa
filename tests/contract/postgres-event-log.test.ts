import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PostgresEventLog } from '../../server/src/meeting/log/postgres-event-log.ts';
import { openPool } from '../../server/src/postgres/pool.ts';
import { type OwnDatabase, ownDatabase, postgresServer } from '../support/postgres.ts';
import { batchAfter, headAfter, newMeeting } from './chain.ts';
import { eventLogContract } from './event-log-contract.ts';

const away = (await postgresServer()) === 'away';

describe.skipIf(away)('PostgreSQL', () => {
  eventLogContract({
    name: 'PostgreSQL',
    create: async () => {
      const { url, remove } = await ownDatabase();
      return { log: new PostgresEventLog(url), reopen: () => new PostgresEventLog(url), remove };
    },
  });

  describe('event log in PostgreSQL on a bad day', () => {
    let database: OwnDatabase;
    let log: PostgresEventLog;
    beforeEach(async () => {
      database = await ownDatabase();
      log = new PostgresEventLog(database.url);
      await log.open();
    });
    afterEach(async () => {
      await log.close();
      await database.remove();
    });

    test('two servers that open together make the tables once', async () => {
      const { url, remove } = await ownDatabase();
      const logs = Array.from({ length: 4 }, () => new PostgresEventLog(url));
      await Promise.all(logs.map((each) => each.open()));
      await Promise.all(logs.map((each) => each.close()));
      await remove();
    });

    test('connections that were cut are made anew, and nothing is lost', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const first = batchAfter(head, [{ n: 1 }]);
      await log.append([first]);
      await database.cut();
      const second = batchAfter(headAfter(first), [{ n: 2 }]);
      const answer = await log.append([second]);
      const retried = answer.status === 'done' ? answer : await log.append([second]);
      expect(retried.status).toBe('done');
      expect((await log.read(head.meetingId, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    test('a connection that says that it ends is not lent out again', async () => {
      const head = await log.raiseEpoch(newMeeting());
      await database.sql(
        `CREATE FUNCTION ending() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''terminating connection'' USING ERRCODE = ''admin_shutdown''; END';
         CREATE TRIGGER ending BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION ending()`,
      );
      const open = () =>
        database.sql(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'diemcau'`,
        );
      await expect.poll(open).toHaveLength(1);
      const batch = batchAfter(head, [{ n: 1 }]);
      expect(await log.append([batch])).toMatchObject({ status: 'failed', written: 'unknown' });
      await expect.poll(open).toHaveLength(0);
      await database.sql('DROP TRIGGER ending ON events');
      expect(await log.append([batch])).toMatchObject({ outcomes: ['appended'] });
    });

    test('a connection that is cut while it is lent out, between two statements, breaks nothing else', async () => {
      const pool = openPool(database.url, 1);
      const client = await pool.connect();
      const broken = new Promise((resolve) => client.once('end', resolve));
      await database.cut();
      await broken;
      client.release(true);
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      await pool.end();
    });

    test('an append that is cut in the middle has an unknown outcome, and the head tells', async () => {
      const head = await log.raiseEpoch(newMeeting());
      await database.sql(
        `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NEW; END';
         CREATE TRIGGER wait BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION wait()`,
      );
      const begun = log.append([batchAfter(head, [{ n: 1 }])]);
      await expect
        .poll(() =>
          database.sql(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
          ),
        )
        .toHaveLength(1);
      await database.cut();
      expect(await begun).toMatchObject({ status: 'failed', written: 'unknown', cause: { kind: 'io' } });
      expect(await log.head(head.meetingId)).toEqual(head);
    });

    test('a statement that the database refuses writes nothing of the batch', async () => {
      const head = await log.raiseEpoch(newMeeting());
      await database.sql(
        `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''no space left'' USING ERRCODE = ''disk_full''; END';
         CREATE TRIGGER full_disk BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION full_disk()`,
      );
      const batch = batchAfter(head, [{ n: 1 }]);
      expect(await log.append([batch])).toMatchObject({
        status: 'failed',
        written: 'no',
        cause: { kind: 'diskFull' },
      });
      expect(await log.head(head.meetingId)).toEqual(head);
      await database.sql('DROP TRIGGER full_disk ON events');
      expect(await log.append([batch])).toMatchObject({ outcomes: ['appended'] });
    });

    test('owners that quarrel over the same meetings never both append', async () => {
      const rival = new PostgresEventLog(database.url);
      const mine = await Promise.all(Array.from({ length: 20 }, () => log.raiseEpoch(newMeeting())));
      const theirs = await Promise.all(mine.map(({ meetingId }) => rival.raiseEpoch(meetingId)));
      const [old, current] = await Promise.all([
        log.append(mine.map((head) => batchAfter(head, [{ n: 1 }]))),
        rival.append(theirs.toReversed().map((head) => batchAfter(head, [{ n: 2 }]))),
      ]);
      expect(old).toEqual({ status: 'done', outcomes: mine.map(() => 'conflict') });
      expect(current).toEqual({ status: 'done', outcomes: mine.map(() => 'appended') });
      await rival.close();
    });

    test('a database that is not there is an answer for each request', async () => {
      const lost = new PostgresEventLog('postgres://postgres@127.0.0.1:1/nowhere');
      await expect(lost.open()).rejects.toMatchObject({ name: 'LogUnavailable', kind: 'io' });
      await expect(lost.head(newMeeting())).rejects.toMatchObject({ kind: 'io' });
      const head = { meetingId: newMeeting(), epoch: 1, seq: 0, hash: '0'.repeat(64), at: 0 };
      expect(await lost.append([batchAfter(head, [{ n: 1 }])])).toMatchObject({
        status: 'failed',
        written: 'no',
      });
      await lost.close();
    });
  });
});
