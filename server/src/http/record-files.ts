import { Readable } from 'node:stream';
import { eventFor, viewerOf } from '@diemcau/shared/domain/audience.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import { figuresOfMeeting } from '@diemcau/shared/minutes/figures.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { type RecordFile, recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { eventLine, headerLine } from '@diemcau/shared/record/log-file.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EventLog } from '../meeting/log/event-log.ts';
import { eventOf } from '../meeting/records.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { Draftsman } from '../minutes/draftsman.ts';
import { paperOf } from '../minutes/paper.ts';
import { admit, type SuperiorLookup } from '../realtime/admission.ts';
import { sendRefusal } from './errors.ts';
import type { RouteParts } from './parts.ts';
import { sessionOf } from './serve.ts';

/** What the files of a meeting's record are made from. */
export interface RecordParts {
  readonly registry: Pick<MeetingRegistry, 'read'>;
  readonly log: Pick<EventLog, 'read'>;
  readonly superiors: SuperiorLookup;
  readonly draftsman: Draftsman;
}

/** A meeting at one moment, and who reads it. */
interface Reading {
  readonly meetingId: MeetingId;
  readonly person: PersonId;
  readonly state: MeetingState;
  readonly head: Head;
}

interface Download {
  readonly type: string;
  readonly name: string;
  readonly content: Uint8Array | Readable;
}

const page = 500;

/** Minutes as DOCX and PDF, and the log as its reader may know it (MIN3, MIN4). */
export function recordFileRoutes(app: FastifyInstance, parts: RouteParts): void {
  const makers: { readonly [F in RecordFile]: (reading: Reading) => Promise<Result<Download>> } = {
    docx: (reading) => minutesFile(parts.records, reading, 'docx'),
    pdf: (reading) => minutesFile(parts.records, reading, 'pdf'),
    log: async (reading) => ok(logFile(parts.records, reading)),
  };
  for (const file of ['docx', 'pdf', 'log'] as const) {
    const config = { rateLimit: { max: 60, timeWindow: 60_000 } };
    app.get(recordFilePaths[file], { config }, async (request, reply) => {
      const reading = await readingOf(parts, request);
      if (!reading.ok) return sendRefusal(request, reply, reading.refusal);
      const made = await makers[file](reading.value);
      if (!made.ok) return sendRefusal(request, reply, made.refusal);
      const { type, name, content } = made.value;
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(content instanceof Uint8Array ? Buffer.from(content) : content);
    });
  }
}

/** Who may read a meeting's record: who may enter the meeting. A meeting that isn't and one out of reach answer alike. */
async function readingOf({ auth, records }: RouteParts, request: FastifyRequest): Promise<Result<Reading>> {
  const session = await sessionOf(auth.sessions, request);
  if (!session.ok) return session;
  if (session.value.kind !== 'person') return refused('notAllowed');
  const { meetingId: asked } = Object(request.params);
  const meetingId = asId<MeetingId>(String(asked));
  const room = await records.registry.read(meetingId);
  if (!room) return refused('notOfThisMeeting');
  const { state, head } = room;
  const admission = await admit(session.value, state, records.superiors);
  if (!admission.ok) return admission;
  const { actor } = admission.value;
  if (actor.kind === 'terminal') return refused('notAllowed');
  // SUP1: a superior follows no meeting unseen, by its papers neither.
  const unseen = actor.kind === 'superior' && isLive(state) && !state.superiors[actor.person];
  return unseen ? refused('notJoined') : ok({ meetingId, person: actor.person, state, head });
}

/** @returns *2026-11-24*, the meeting's day in Vietnam. */
function dayOf({ openedAt, facts }: MeetingState): string {
  const at = openedAt ?? facts?.startsAt ?? 0;
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
}

const paperTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** As of the log's last event, so that the same log always gives the same paper. */
async function minutesFile(
  { draftsman }: RecordParts,
  { meetingId, state, head }: Reading,
  format: 'docx' | 'pdf',
): Promise<Result<Download>> {
  const minutes = minutesOfMeeting(state, head, state.at);
  if (!minutes) return refused('notOfThisMeeting');
  const content = await draftsman.draw(`${meetingId} ${head.hash}`, { paper: paperOf(minutes), format });
  if (content === null) return refused('tryAgain');
  return ok({ type: paperTypes[format], name: `bien-ban-${dayOf(state)}.${format}`, content });
}

function logFile(parts: RecordParts, reading: Reading): Download {
  return {
    type: 'application/jsonl; charset=utf-8',
    name: `nhat-ky-${dayOf(reading.state)}.jsonl`,
    content: Readable.from(logLines(parts, reading), { objectMode: false }),
  };
}

/** Page by page, so that a long log takes no more memory than a short one. */
async function* logLines(
  { log }: RecordParts,
  { meetingId, person, state, head }: Reading,
): AsyncGenerator<string> {
  const viewer = viewerOf(state, { person, site: null });
  yield headerLine({
    format: 'diemcau-log',
    version: 1,
    meetingId,
    cell: state.facts?.cellName ?? '',
    title: state.facts?.title ?? '',
    head,
    figures: figuresOfMeeting(state),
  });
  for (let after = 0; after < head.seq; ) {
    const records = await log.read(meetingId, after, Math.min(page, head.seq - after));
    if (records.length === 0) throw new Error(`the log of meeting ${meetingId} ends at event ${after}`);
    yield records.map((record) => eventLine(meetingId, eventFor(eventOf(record), viewer))).join('');
    after += records.length;
  }
}
