import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { chosen, matching } from '../../client/src/hooks/meeting/roll-typing.ts';

const person = (name: string): RollEntry => ({
  person: asId<PersonId>(name),
  name,
  label: null,
  standing: 'official',
  office: null,
  group: null,
  groupOffice: null,
  specialDuty: false,
  detained: false,
});
const people = [
  'Nguyễn Văn An',
  'Nguyễn Thị Ánh',
  'Trần Đức Bình',
  'Lê Thị Bích',
  'Phạm Văn Đông',
  'Vũ An Khang',
].map(person);
const names = (typed: string) => matching(people, typed).map(({ name }) => name);
const taken = (typed: string, called: readonly string[] = []) =>
  chosen(people, typed, ({ name }) => called.includes(name))?.name ?? null;

describe('ATT3', () => {
  test('ATT3 a name is found without diacritics by given name, by initials, by beginnings of its words', () => {
    expect(taken('binh')).toBe('Trần Đức Bình');
    expect(taken('tdb')).toBe('Trần Đức Bình');
    expect(taken('dong')).toBe('Phạm Văn Đông');
    expect(taken('đông')).toBe('Phạm Văn Đông');
    expect(taken('vu a')).toBe('Vũ An Khang');
    expect(names('zz')).toEqual([]);
    expect(names('')).toHaveLength(people.length);
  });

  test('ATT3 the given name comes before other words, and the whole given name before its beginning', () => {
    expect(names('an')[0]).toBe('Nguyễn Văn An');
    expect(taken('an')).toBe('Nguyễn Văn An');
    expect(names('an')).toContain('Vũ An Khang');
  });

  test('ATT3 of two who fit alike nobody is recorded by chance', () => {
    expect(taken('bi')).toBeNull();
    expect(taken('n')).toBeNull();
    expect(taken('')).toBeNull();
  });

  test('ATT3 who is still to be called comes before who has been', () => {
    expect(taken('bi', ['Lê Thị Bích'])).toBe('Trần Đức Bình');
    expect(taken('an', ['Nguyễn Văn An'])).toBe('Nguyễn Thị Ánh');
    expect(taken('tdb', ['Trần Đức Bình'])).toBe('Trần Đức Bình');
  });
});
