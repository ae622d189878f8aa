import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { Checkpoints } from './sqlite-checkpoints.ts';
import { CommitUnknown, pagesOf, SqliteDatabase } from './sqlite-database.ts';
import type {
  SqliteRequest,
  SqliteRequestName,
  SqliteRequests,
  SqliteResponse,
  SqliteWorkerData,
} from './sqlite-messages.ts';

/** The thread that holds the database: one request after the other, each answered. */

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

// Set by the thread that starts this one, from typed values.
const settings: SqliteWorkerData = workerData;
let database: SqliteDatabase | null = null;
const checkpoints = new Checkpoints(settings, () => database?.checkpoint());

function answer(request: SqliteRequest): SqliteRequests[SqliteRequestName]['answer'] {
  if (request.name === 'close') {
    database?.close();
    database = null;
    return null;
  }
  database ??= new SqliteDatabase(settings);
  switch (request.name) {
    case 'open':
      return null;
    case 'append':
      return database.append(request.ask);
    case 'read':
      return database.read(request.ask.meetingId, request.ask.afterSeq, request.ask.limit);
    case 'head':
      return database.head(request.ask.meetingId);
    case 'raiseEpoch':
      return database.raiseEpoch(request.ask.meetingId);
    case 'meetings':
      return database.meetings();
    case 'lastAt':
      return database.lastAt();
    default: {
      const never: never = request;
      throw new Error(`no such request: ${JSON.stringify(never)}`);
    }
  }
}

/** SQLite's primary result code for a full disk or a reached page limit. */
const sqliteFull = 13;

function respond(request: SqliteRequest): SqliteResponse {
  try {
    return { id: request.id, ok: true, answer: answer(request) };
  } catch (error) {
    const full = error instanceof Error && 'errcode' in error && error.errcode === sqliteFull;
    return {
      id: request.id,
      ok: false,
      kind: full ? 'diskFull' : 'io',
      written: error instanceof CommitUnknown ? 'unknown' : 'no',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

port.on('message', async (request: SqliteRequest) => {
  if (request.name === 'close') await checkpoints.close();
  port.postMessage(respond(request));
  if (request.name === 'append') checkpoints.written(pagesOf(request.ask));
  if (request.name === 'close') port.close();
});

// A thread ends with its process, and would never write it by itself.
flushCompileCache();
