import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingIndex, MeetingIndexEntry } from '../directory/meeting-index.ts';
import type { RoomLog } from './ports.ts';

/** Writes at once: the database has more to do than this. */
const abreast = 4;

/**
 * Writes the directory's list of meetings behind their logs. Of each meeting the newest entry is written last, whatever the
 * database takes first, and what was overtaken meanwhile is not written at all. A failure is told; the list is mended when the
 * meeting is next loaded.
 */
export class Projection {
  readonly #index: Pick<MeetingIndex, 'upsert'>;
  readonly #roomLog: RoomLog;
  readonly #waiting = new Map<MeetingId, MeetingIndexEntry>();
  readonly #underWay = new Map<MeetingId, Promise<void>>();

  constructor(index: Pick<MeetingIndex, 'upsert'>, roomLog: RoomLog) {
    this.#index = index;
    this.#roomLog = roomLog;
  }

  /** Sees to it that the list says this of the meeting. */
  note(entry: MeetingIndexEntry): void {
    this.#waiting.set(entry.id, entry);
    this.#begin();
  }

  /** Resolves when everything noted has been written, or could not be. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #begin(): void {
    for (const [id, entry] of this.#waiting) {
      if (this.#underWay.size >= abreast) return;
      if (this.#underWay.has(id)) continue;
      this.#waiting.delete(id);
      this.#underWay.set(id, this.#write(entry));
    }
  }

  async #write(entry: MeetingIndexEntry): Promise<void> {
    try {
      await this.#index.upsert(entry);
    } catch (error) {
      this.#roomLog.error({ meetingId: entry.id, error }, 'the list of meetings could not be written');
    }
    this.#underWay.delete(entry.id);
    this.#begin();
  }
}
