import type { Alarm } from '@diemcau/shared/domain/alarms-types.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { DirectoryDatabase } from './database.ts';
import { isOver } from './meeting-index.ts';

/** One alarm of one meeting. The same cause come back is another alarm. */
export interface AlarmOccurrence extends Pick<Alarm, 'key' | 'since'> {
  readonly meetingId: MeetingId;
}

/** Which alarms each superior has seen. */
export interface AlarmAcknowledgements {
  /** Those of meetings that go on. */
  of(person: PersonId): Promise<readonly AlarmOccurrence[]>;
  /** Durable when it resolves; the same again changes nothing. */
  add(person: PersonId, alarm: AlarmOccurrence, at: number): Promise<void>;
}

/** Kept in the directory: what somebody has seen is no event of the meeting. */
export function createAlarmAcknowledgements(db: DirectoryDatabase): AlarmAcknowledgements {
  return {
    async of(person) {
      const rows = await db
        .selectFrom('alarmAcknowledgements')
        .leftJoin('meetings', 'meetings.id', 'alarmAcknowledgements.meetingId')
        .where('personId', '=', person)
        .select(['meetingId', 'alarm', 'since', 'phase'])
        .execute();
      return rows
        .filter(({ phase }) => phase === null || !isOver(phase))
        .map(({ meetingId, alarm, since }) => ({ meetingId, key: alarm, since }));
    },
    async add(personId, { meetingId, key, since }, at) {
      await db
        .insertInto('alarmAcknowledgements')
        .values({ personId, meetingId, alarm: key, since, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
