import { createHash } from 'node:crypto';
import {
  asId,
  type CellId,
  type MeetingId,
  type OrganizationId,
  type PersonId,
} from '@diemcau/shared/ids.ts';

/** How large an evening is: meetings that are on at once, and how many people they have in all. */
export interface EveningSize {
  readonly meetings: number;
  /** Spread evenly: a meeting has the mean, rounded up or down. */
  readonly members: number;
  /** Who watches a wall: the first the whole province, each other a commune. */
  readonly superiors: number;
}

/** Somebody who is signed in. Ids follow from the place, so that every process of a benchmark knows them unasked. */
export interface EveningPerson {
  readonly person: PersonId;
  /** Their session's id in the directory. */
  readonly sid: string;
}

export interface EveningMeeting {
  readonly index: number;
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  /** Which commune it belongs to, from 0. */
  readonly commune: number;
  /** The first is chair, the second clerk. */
  readonly members: readonly EveningPerson[];
}

/** Cells of a commune, as in a province of 3,489 cells in a hundred communes. */
const cellsOfCommune = 35;

/** @returns an id as long as the product's own, always the same for the same words. */
export function idFor(...words: readonly (string | number)[]): string {
  return createHash('sha256').update(words.join(' ')).digest('base64url').slice(0, 22);
}

export const provinceId = asId<OrganizationId>(idFor('province'));

export function communeId(commune: number): OrganizationId {
  return asId<OrganizationId>(idFor('commune', commune));
}

export function communesOf({ meetings }: EveningSize): number {
  return Math.ceil(meetings / cellsOfCommune);
}

/** @returns the evening's meetings, in order. */
export function meetingsOf({ meetings, members }: EveningSize): readonly EveningMeeting[] {
  return Array.from({ length: meetings }, (_, index) => {
    const count = Math.floor(((index + 1) * members) / meetings) - Math.floor((index * members) / meetings);
    return {
      index,
      meetingId: asId<MeetingId>(idFor('meeting', index)),
      cellId: asId<CellId>(idFor('cell', index)),
      commune: Math.floor(index / cellsOfCommune),
      members: Array.from({ length: count }, (_unused, place) => personFor('member', index, place)),
    };
  });
}

/** @returns the superiors: of the province first, then of the communes in turn. */
export function superiorsOf(
  size: EveningSize,
): readonly (EveningPerson & { readonly commune: number | null })[] {
  return Array.from({ length: size.superiors }, (_, index) => ({
    ...personFor('superior', index, 0),
    commune: index === 0 ? null : (index - 1) % communesOf(size),
  }));
}

function personFor(kind: string, index: number, place: number): EveningPerson {
  return {
    person: asId<PersonId>(idFor(kind, index, place)),
    sid: idFor('session', kind, index, place),
  };
}
