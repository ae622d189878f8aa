import { absenceStreak } from '@diemcau/shared/domain/streaks.ts';
import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import { createAttendanceOutcomes } from '../directory/attendance-outcomes.ts';
import { roster } from '../directory/members.ts';
import { relationTo } from '../directory/rights.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Streaks of absence: a list to be read by the secretary, and nothing more (ATT6). */
export function attendanceRoutes(app: FastifyInstance, { db, auth, now }: RouteParts): void {
  const outcomes = createAttendanceOutcomes(db);

  serveForPerson(app, auth.sessions, 'absenceStreaks', async ({ params: { cellId } }, personId) => {
    const { membership } = await relationTo(db, personId, cellId);
    const isSecretary = membership?.office === 'cellSecretary' && membership.standing !== 'suspended';
    if (!isSecretary) return refused('notAllowed');
    const past = await outcomes.ofCell(cellId);
    const warnings = (await roster(db, cellId)).flatMap((member) => {
      const { level, ...counts } = absenceStreak(past.get(member.personId) ?? [], now());
      if (level === 'none') return [];
      const { personId: id, name, birthYear, partyGroup } = member;
      return [{ personId: id, name, birthYear, partyGroup, ...counts, level }];
    });
    // Breaches first; within a level the roster's own order stays.
    return ok({
      warnings: warnings.toSorted((a, b) => Number(b.level === 'breach') - Number(a.level === 'breach')),
    });
  });
}
