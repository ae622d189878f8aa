import { z } from 'zod';
import { agendaItemKinds, paperMarkings } from '../domain/agenda-item.ts';
import type { Command, CommandType, systemCommandTypes, wallCommandTypes } from '../domain/commands.ts';
import { votePurposes, voteRuleIds } from '../domain/vote-types.ts';
import type {
  AgendaItemId,
  CommandId,
  GuestId,
  MeetingId,
  OnSiteSuperiorId,
  PersonId,
  SiteId,
  SpeakRequestId,
  VoteId,
} from '../ids.ts';

/** Text as it may enter the log: no U+0000, no lone surrogates, bounded; surrounding space is taken off. */
export function text(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'not storable text');
}

function idOf<T extends string>() {
  return (
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\w:-]+$/)
      // States are looked up by identifier: `constructor` would find what every object has.
      .refine((value) => !(value in Object.prototype), 'not an identifier')
      .transform((value) => value as T)
  );
}

export const meetingId = idOf<MeetingId>();
export const personId = idOf<PersonId>();
export const siteId = idOf<SiteId>();
export const commandId = idOf<CommandId>();
const voteId = idOf<VoteId>();
const itemId = idOf<AgendaItemId>();
const guestId = idOf<GuestId>();
const onSiteSuperiorId = idOf<OnSiteSuperiorId>();
const requestId = idOf<SpeakRequestId>();

const time = z.number().int().min(0).max(8_640_000_000_000);
const people = z.number().int().min(0).max(100_000);
const counts = z.strictObject({ inFavour: people, against: people, noOpinion: people, notVoted: people });
const place = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('onSite'), site: siteId }),
  z.strictObject({ mode: z.literal('remote') }),
]);
const clerkEntry = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('expected') }),
  z.strictObject({ mode: z.literal('onSite'), site: siteId }),
  z.strictObject({ mode: z.literal('remote') }),
  z.strictObject({ mode: z.literal('away') }),
  z.strictObject({ mode: z.literal('left') }),
  z.strictObject({ mode: z.literal('absentExcused'), reason: text(500) }),
  z.strictObject({ mode: z.literal('absentUnexcused') }),
]);
const newAgendaItem = z.strictObject({
  title: text(300),
  kind: z.enum(agendaItemKinds),
  presenter: text(120).nullable(),
  minutes: z.number().int().min(0).max(600),
  draftDecision: text(4000).nullable(),
  inPersonOnly: z.boolean().optional(),
  papers: z
    .array(z.strictObject({ title: text(300), marking: z.enum(paperMarkings) }))
    .max(50)
    .optional(),
});
const ballotBox = z.strictObject({
  site: siteId,
  issued: people,
  returned: people,
  invalid: people,
  inFavour: people,
  against: people,
  noOpinion: people,
  certifiedBy: personId,
});

function command<T extends CommandType, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), ...shape });
}

/** The only way in for commands from outside. Commands of the system are not among them. */
export const clientCommand = z.discriminatedUnion('type', [
  command('summonMeeting', {}),
  command('postponeMeeting', { startsAt: time, reason: text(500) }),
  command('cancelMeeting', { reason: text(500) }),
  command('nameOfficers', {
    chair: personId.optional(),
    deputyChair: personId.nullable().optional(),
    clerk: personId.optional(),
  }),
  command('openMeeting', {}),
  command('suspendMeeting', { reason: text(500) }),
  command('continueMeeting', {}),
  command('interruptMeeting', { reason: text(500) }),
  command('resumeMeeting', {}),
  command('closeMeeting', {}),
  command('sealRecord', {}),
  command('setSiteMethod', { site: siteId, method: z.enum(['byName', 'byTeller']) }),
  command('nameTeller', { site: siteId, person: personId }),
  command('checkIn', { place }),
  command('checkInAtSite', { person: personId }),
  command('recordAttendance', { person: personId, entry: clerkEntry }),
  command('takeChair', {}),
  command('announceAbsence', { reason: text(500), person: personId.optional() }),
  command('answerAbsence', { person: personId, answer: z.enum(['accepted', 'refused']) }),
  command('registerGuest', { name: text(120), office: text(200) }),
  command('dismissGuest', { guest: guestId }),
  command('stateNoGuests', {}),
  command('stepAway', {}),
  command('comeBack', {}),
  command('leaveMeeting', {}),
  command('confirmSiteRollCall', { site: siteId }),
  command('completeRollCall', {}),
  command('attendAsSuperior', {}),
  command('leaveAsSuperior', {}),
  command('registerSuperior', {
    name: text(120),
    office: text(200),
    person: personId.nullable(),
    site: siteId.nullable(),
  }),
  command('dismissSuperior', { id: onSiteSuperiorId }),
  command('addAgendaItem', { item: newAgendaItem, after: itemId.nullable() }),
  command('editAgendaItem', { item: itemId, changes: newAgendaItem }),
  command('reorderAgenda', { order: z.array(itemId).max(200) }),
  command('moveAgenda', { to: itemId.nullable(), leaveAs: z.enum(['done', 'skipped', 'deferred']) }),
  command('markAgendaItem', { item: itemId, state: z.enum(['pending', 'skipped', 'deferred']) }),
  command('askToSpeak', {
    kind: z.enum(['speech', 'pointOfOrder', 'groupOpinion']),
    group: text(120).nullable().optional(),
    person: personId.optional(),
  }),
  command('writeOpinion', { text: text(4000) }),
  command('readOpinion', { request: requestId }),
  command('withdrawRequest', { request: requestId }),
  command('reorderQueue', { order: z.array(requestId).max(500) }),
  command('grantFloor', { request: requestId, seconds: z.number().int().min(10).max(7200).nullable() }),
  command('endSpeech', { request: requestId }),
  command('setFreeDiscussion', { state: z.enum(['on', 'off']) }),
  command('openVote', {
    item: itemId.nullable(),
    question: text(1000),
    rule: z.enum(voteRuleIds),
    purpose: z.enum(votePurposes),
    candidate: text(120).nullable().optional(),
    despiteWaiting: z.boolean(),
  }),
  command('castMark', {
    vote: voteId,
    choice: z.enum(['inFavour', 'against', 'noOpinion']),
    person: personId.optional(),
  }),
  command('moveElector', {
    vote: voteId,
    person: personId,
    to: z.union([z.literal('remote'), siteId]),
  }),
  command('enterCount', {
    vote: voteId,
    site: siteId,
    counts,
    means: z.enum(['counted', 'telephone']).optional(),
    readBy: personId.nullable().optional(),
  }),
  command('confirmCount', { vote: voteId, site: siteId, counts: counts.optional() }),
  command('reopenCount', { vote: voteId, site: siteId, reason: text(500) }),
  command('closeVote', { vote: voteId, despiteUnreached: z.boolean() }),
  command('announceResult', { vote: voteId }),
  command('annulVote', { vote: voteId, reason: text(500) }),
  command('reserveOpinion', { vote: voteId, text: text(4000) }),
  command('recordBallot', {
    item: itemId.nullable(),
    rule: z.enum(voteRuleIds),
    question: text(1000),
    candidate: text(120).nullable(),
    boxes: z.array(ballotBox).max(50),
  }),
  // Empty takes back what was worded.
  command('wordMinutes', { part: text(80), text: z.union([z.literal(''), text(20_000)]) }),
  command('proposeSupplement', { meeting: meetingId, title: text(300), text: text(20_000) }),
]);

export type ClientCommand = z.infer<typeof clientCommand>;
export type ClientCommandType = ClientCommand['type'];

type SystemType = (typeof systemCommandTypes)[number] | (typeof wallCommandTypes)[number];
type Domain = Exclude<Command, { type: SystemType }>;
/** Compiles only while schema and domain know the same commands, and what is parsed is one of the domain's. */
type Agrees = ClientCommand extends Domain
  ? Domain['type'] extends ClientCommandType
    ? true
    : never
  : never;
export const schemaAgreesWithDomain: Agrees = true;
