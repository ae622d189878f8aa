import type { MeetingId } from '@diemcau/shared/ids.ts';
import { openPool, type PostgresPool } from '../postgres/pool.ts';

/** A room as far as its ownership goes. */
export interface Owned {
  readonly meetingId: MeetingId;
  readonly epoch: number;
}

/** An answer later than this, in milliseconds, would come after the lease that it is to confirm. */
const answerWithin = 900;

/** Asks the database whose meetings are whose: what counts when Redis can't be asked. */
export class EpochCheck {
  readonly #pool: PostgresPool;

  constructor(url: string) {
    this.#pool = openPool(url, 1, answerWithin);
  }

  /** @returns those of `owned` that another node has taken over since. Rejects when the database doesn't answer. */
  async lost(owned: readonly Owned[]): Promise<readonly MeetingId[]> {
    const text = 'SELECT meeting_id, epoch FROM heads WHERE meeting_id = ANY($1::text[])';
    const ids = owned.map(({ meetingId }) => meetingId);
    const { rows } = await this.#pool.query<{ meeting_id: string; epoch: number }>({
      name: 'epochs',
      text,
      values: [ids],
    });
    const epochs = new Map(rows.map(({ meeting_id, epoch }) => [meeting_id, epoch]));
    return owned
      .filter(({ meetingId, epoch }) => epochs.get(meetingId) !== epoch)
      .map(({ meetingId }) => meetingId);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
