import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import { type GivenCommand, isPassing, type Ledger } from '../ledger.ts';
import type { Finding } from './findings.ts';
import type { StoredEvent, StoredLog } from './stored.ts';

type Told = Pick<Ledger, 'given' | 'sightings' | 'contradictions'>;

/** Holds what the bots were told against what is stored: each acknowledgement, each refusal, each event on a screen. */
export function checkCommands(log: StoredLog, told: Told): readonly Finding[] {
  const caused = new Map<CommandId, StoredEvent[]>();
  for (const event of [...log.events.values()].flat()) {
    const cause = event.data.cause as CommandId | null;
    if (cause !== null) caused.set(cause, [...(caused.get(cause) ?? []), event]);
  }
  return [
    ...told.contradictions.map((detail): Finding => ({ promise: 'order is one', detail })),
    ...told.given.flatMap((given) => checkOne(given, caused.get(given.id) ?? [], log)),
    ...strangers(caused, told.given),
    ...checkSightings(log, told),
    ...checkOrder(told.given),
  ];
}

function checkOne(given: GivenCommand, events: readonly StoredEvent[], log: StoredLog): Finding[] {
  const findings: Finding[] = [];
  const { id, meetingId, person, command, receipts } = given;
  const name = `${command.type} ${id} of ${person} in ${meetingId}`;
  const say = (promise: Finding['promise'], detail: string) =>
    findings.push({ promise, detail: `${name}: ${detail}` });

  const [first, ...others] = receipts;
  if (
    others.some(({ receipt }) => receipt.seq !== first?.receipt.seq || receipt.hash !== first.receipt.hash)
  ) {
    say('nothing counts twice', 'was answered with different receipts');
  }
  for (const { receipt } of first ? [first] : []) {
    const event = log.events.get(meetingId)?.[receipt.seq - 1];
    if (event?.hash !== receipt.hash) {
      say('an acknowledged command is stored once', `its receipt ${receipt.seq} is not in the log`);
    } else if (changes(command.type) && event.data.cause !== id) {
      say('an acknowledged command is stored once', `its receipt ${receipt.seq} is another command's`);
    }
  }
  const marks = events.filter(({ type }) => type === 'choiceRecorded');
  if (marks.length > 1) say('nothing counts twice', `is stored ${marks.length} times`);
  if (command.type === 'castMark' && first && marks.length !== 1) {
    say('an acknowledged command is stored once', `its mark is stored ${marks.length} times`);
  }
  if (marks.some(({ data }) => data.person !== person || data.choice !== choiceOf(given))) {
    say('an acknowledged command is stored once', 'its mark is another one');
  }
  const seqs = events.map(({ seq }) => seq);
  if (seqs.some((seq, index) => index > 0 && seq !== (seqs[index - 1] ?? 0) + 1)) {
    say('nothing counts twice', `left events apart from each other: ${seqs.join(', ')}`);
  }
  const refusal = given.refusals.find(({ code }) => !isPassing(code));
  if (command.type === 'castMark' && refusal && events.length > 0 && !first) {
    say('nothing counts twice', `was refused (${refusal.code}) and is stored`);
  }
  return findings;
}

/** Marks always leave events; other commands may find that there is nothing to change. */
function changes(type: string): boolean {
  return type === 'castMark';
}

function choiceOf({ command }: GivenCommand): string | null {
  return command.type === 'castMark' ? command.choice : null;
}

/** Nothing is in the log that nobody has given. */
function strangers(
  caused: ReadonlyMap<CommandId, readonly StoredEvent[]>,
  given: readonly GivenCommand[],
): Finding[] {
  const known = new Set(given.map(({ id }) => id));
  return [...caused].flatMap(([id, events]) => {
    const marks = events.filter(({ type }) => type === 'choiceRecorded');
    if (known.has(id) || marks.length === 0) return [];
    return [{ promise: 'nothing counts twice', detail: `nobody gave command ${id}` } as const];
  });
}

function checkSightings(log: StoredLog, { sightings }: Told): Finding[] {
  return sightings.flatMap(({ meetingId, seq, hash }) => {
    if (log.events.get(meetingId)?.[seq - 1]?.hash === hash) return [];
    return [{ promise: 'what was shown is stored', detail: `event ${seq} of meeting ${meetingId}` } as const];
  });
}

/** What was acknowledged before another command was given stands before it in the log. */
function checkOrder(given: readonly GivenCommand[]): Finding[] {
  const findings: Finding[] = [];
  const byMeeting = Map.groupBy(
    given.filter(({ command, receipts }) => command.type === 'castMark' && receipts.length > 0),
    ({ meetingId }) => meetingId,
  );
  for (const [meetingId, commands] of byMeeting) findings.push(...checkOrderOf(meetingId, commands));
  return findings;
}

function checkOrderOf(meetingId: MeetingId, commands: readonly GivenCommand[]): Finding[] {
  const findings: Finding[] = [];
  const moments = commands
    .flatMap((command) => {
      const seq = command.receipts[0]?.receipt.seq ?? 0;
      const answeredAt = command.receipts[0]?.at ?? 0;
      return [
        { at: command.firstSentAt, seq, kind: 'sent', id: command.id },
        { at: answeredAt, seq, kind: 'answered', id: command.id },
      ] as const;
    })
    .sort((a, b) => a.at - b.at);
  let newest = 0;
  for (const { kind, seq, id } of moments) {
    if (kind === 'answered') newest = Math.max(newest, seq);
    else if (seq < newest) {
      const detail = `meeting ${meetingId}: command ${id} stands at ${seq}, before ${newest}, which was answered before it was given`;
      findings.push({ promise: 'order is one', detail });
    }
  }
  return findings;
}
