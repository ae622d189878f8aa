import { eventFor, viewerOf } from '@diemcau/shared/domain/audience.ts';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { figuresOfMeeting } from '@diemcau/shared/minutes/figures.ts';
import { eventLine, headerLine } from '@diemcau/shared/record/log-file.ts';
import { exampleId, type Play } from './example-meeting.ts';

/** The log of a played meeting as one of its people downloads it: its lines, without their line feeds. */
export function logOf(play: Play, reader: string): string[] {
  const viewer = viewerOf(play.state, { person: asId<PersonId>(reader), site: null });
  const header = headerLine({
    format: 'diemcau-log',
    version: 1,
    meetingId: exampleId,
    cell: play.state.facts?.cellName ?? '',
    title: play.state.facts?.title ?? '',
    head: play.head,
    figures: figuresOfMeeting(play.state),
  });
  const events = play.entries.map(({ event }) => eventLine(exampleId, eventFor(event, viewer)));
  return [header, ...events].map((line) => line.slice(0, -1));
}

/** A way to spoil a log, the line that a check must name, and the fault that it must find. */
export interface Tampering {
  readonly what: string;
  readonly line: number;
  readonly fault: string;
  readonly spoil: (lines: string[]) => string[];
}

const on = (number: number, change: (line: string) => string) => (lines: string[]) =>
  lines.map((line, index) => (index === number - 1 ? change(line) : line));

/** What happens to a log in wrong hands, of {@link logOf} for its chair. `last`: how many lines it has. */
export function tamperings(lines: readonly string[]): readonly Tampering[] {
  const last = lines.length;
  const find = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
  const announced = find('"type":"resultAnnounced"');
  const replace = (from: string | RegExp, to: string) => (line: string) => {
    const changed = line.replace(from, to);
    if (changed === line) throw new Error(`nothing to spoil in ${line}`);
    return changed;
  };
  return [
    { what: 'nothing at all', line: 1, fault: 'empty', spoil: () => [] },
    { what: 'a line cut off', line: 9, fault: 'notJson', spoil: on(9, (line) => line.slice(0, -5)) },
    { what: 'a line that is a list', line: 9, fault: 'shape', spoil: on(9, () => '[]') },
    { what: 'a key too many', line: 9, fault: 'shape', spoil: on(9, replace(/\}$/, ',"z":1}')) },
    { what: 'data without its salt', line: 9, fault: 'shape', spoil: on(9, replace(/"salt":"\w+",/, '')) },
    { what: 'white space', line: 9, fault: 'notCanonical', spoil: on(9, replace('{', '{ ')) },
    {
      what: 'a key that stands twice',
      line: 9,
      fault: 'notCanonical',
      spoil: on(9, replace('{"at":', '{"at":1,"at":')),
    },
    { what: 'a carriage return', line: 9, fault: 'notCanonical', spoil: on(9, (line) => `${line}\r`) },
    {
      what: 'an event of another meeting',
      line: 9,
      fault: 'meeting',
      spoil: on(9, replace('"meetingId":"buoi-thang-11"', '"meetingId":"buoi-thang-10"')),
    },
    {
      what: 'an event taken out',
      line: 12,
      fault: 'order',
      spoil: (all) => all.filter((_, index) => index !== 11),
    },
    {
      what: 'two events exchanged',
      line: 12,
      fault: 'order',
      spoil: (all) => [...all.slice(0, 11), all[12] ?? '', all[11] ?? '', ...all.slice(13)],
    },
    { what: 'a time set back', line: 12, fault: 'time', spoil: on(12, replace(/"at":\d+/, '"at":1')) },
    {
      what: 'a time set forward',
      line: 12,
      fault: 'hash',
      spoil: on(12, replace(/"at":(\d+)\d/, '"at":$19')),
    },
    {
      what: 'a vote’s total improved',
      line: announced,
      fault: 'data',
      spoil: on(announced, replace('"inFavour":11', '"inFavour":12')),
    },
    { what: 'a salt exchanged', line: 12, fault: 'data', spoil: on(12, replace(/"salt":"0/, '"salt":"1')) },
    {
      what: 'a hash exchanged',
      line: 12,
      fault: 'hash',
      spoil: on(12, replace(/"hash":"\w{8}/, '"hash":"00000000')),
    },
    { what: 'the end cut off', line: last - 3, fault: 'head', spoil: (all) => all.slice(0, -3) },
    {
      what: 'the header’s figures improved',
      line: 1,
      fault: 'figures',
      spoil: on(1, replace('"present":13', '"present":15')),
    },
    {
      what: 'a decision of the header turned round',
      line: 1,
      fault: 'figures',
      spoil: on(1, replace('"passed":false', '"passed":true')),
    },
  ];
}
