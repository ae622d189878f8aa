import { lineLevelOf } from '@diemcau/shared/protocol/line-level.ts';
import type { LineLevel, MediaNotice, MediaOwner, MediaRequestData } from '@diemcau/shared/protocol/media.ts';
import { type Seat, type Seats, viewerFor } from './seat.ts';

/** What a device last said of its line. */
export interface LineReport {
  readonly owner: MediaOwner;
  readonly level: LineLevel;
  readonly figures: MediaRequestData<'quality'>;
}

/** How people's lines are, by what their devices report; the officers of a meeting are told each change. */
export class LineQuality {
  readonly #reports = new WeakMap<Seat, LineReport>();
  /** What each officer's seat has been told, by owner: who takes the chair later learns it with the next reports. */
  readonly #told = new WeakMap<Seat, Map<string, LineLevel>>();
  readonly #seats: Seats;
  readonly #tell: (seat: Seat, notice: MediaNotice) => void;

  constructor(seats: Seats, tell: (seat: Seat, notice: MediaNotice) => void) {
    this.#seats = seats;
    this.#tell = tell;
  }

  note(seat: Seat, owner: MediaOwner, figures: MediaRequestData<'quality'>): void {
    const level = lineLevelOf(figures);
    this.#reports.set(seat, { owner, level, figures });
    const name = owner.kind === 'person' ? owner.person : owner.site;
    for (const other of this.#seats.of(seat.meetingId)) {
      if (!viewerFor(other, other.room.state).officer) continue;
      const told = this.#told.get(other) ?? new Map<string, LineLevel>();
      this.#told.set(other, told);
      if (told.get(name) === level) continue;
      told.set(name, level);
      this.#tell(other, { type: 'lineQuality', owner, level });
    }
  }

  /** The last reports of all devices that are connected. */
  all(): readonly LineReport[] {
    return this.#seats.all().flatMap((seat) => this.#reports.get(seat) ?? []);
  }
}
