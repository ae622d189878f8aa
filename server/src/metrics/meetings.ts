import { isLive } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { Gauge, type Registry } from 'prom-client';

export interface MeetingSources {
  /** States of all meetings in memory. */
  readonly states: () => readonly MeetingState[];
  /** Connections in meetings. */
  readonly seats: () => number;
}

/** Meetings that are on, and their members by how they are there. */
export function watchMeetings(registry: Registry, { states, seats }: MeetingSources): void {
  const registers = [registry];
  new Gauge({
    name: 'diemcau_meetings',
    help: 'Meetings that are on.',
    registers,
    collect() {
      this.set(states().filter(isLive).length);
    },
  });
  new Gauge({
    name: 'diemcau_members',
    help: 'Members of meetings that are on, by how they are there.',
    labelNames: ['mode'],
    registers,
    collect() {
      const counts = { onSite: 0, remote: 0, absent: 0 };
      for (const state of states().filter(isLive)) {
        for (const person of Object.keys(state.roll)) {
          const place = placeOf(attendanceOf(state, asId<PersonId>(person)).presence);
          counts[place?.mode ?? 'absent'] += 1;
        }
      }
      for (const [mode, count] of Object.entries(counts)) this.set({ mode }, count);
    },
  });
  new Gauge({
    name: 'diemcau_seats',
    help: 'Connections that are in a meeting.',
    registers,
    collect() {
      this.set(seats());
    },
  });
}
