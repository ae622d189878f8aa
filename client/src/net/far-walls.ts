import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { WallOutcome } from '@diemcau/shared/protocol/wall.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { FarWall } from './far-wall.ts';
import type { NodeLines } from './node-lines.ts';

type Outcomes = Answer<readonly WallOutcome[]>;

/** The servers of several on which a superior attends meetings, beside the one that feeds the screen. */
export class FarWalls {
  readonly #nodes: NodeLines | undefined;
  readonly #onLeft: (meetings: readonly MeetingId[]) => void;
  /** Being asked just now: their lines are wanted whatever is attended there. */
  readonly #asked = new Map<FarWall, number>();
  readonly #walls = new Observable<ReadonlyMap<string, FarWall>>(new Map());

  /** @param nodes none: this device knows one server alone. */
  constructor(nodes: NodeLines | undefined, onLeft: (meetings: readonly MeetingId[]) => void) {
    this.#nodes = nodes;
    this.#onLeft = onLeft;
  }

  get all(): Readable<ReadonlyMap<string, FarWall>> {
    return this.#walls;
  }

  /** The one on which the meeting is attended; null for none. */
  of(meeting: MeetingId): FarWall | null {
    for (const wall of this.#walls.get().values()) if (wall.attended.has(meeting)) return wall;
    return null;
  }

  /** Asks again, where they live, about those of the outcomes that were refused as living elsewhere. */
  async follow(
    outcomes: readonly WallOutcome[],
    ask: (wall: FarWall, meetings: readonly MeetingId[]) => Promise<Outcomes>,
  ): Promise<readonly WallOutcome[]> {
    const byAddress = new Map<string, MeetingId[]>();
    for (const outcome of outcomes) {
      if (outcome.ok || outcome.code !== 'livesElsewhere' || this.#nodes === undefined) continue;
      const address = String(outcome.params?.node ?? '');
      byAddress.set(address, [...(byAddress.get(address) ?? []), outcome.meetingId]);
    }
    const answered = new Map<MeetingId, WallOutcome>();
    await Promise.all(
      [...byAddress].map(async ([address, meetings]) => {
        const wall = this.#at(address);
        this.#asked.set(wall, (this.#asked.get(wall) ?? 0) + 1);
        const answer = await ask(wall, meetings);
        this.#asked.set(wall, (this.#asked.get(wall) ?? 1) - 1);
        for (const meetingId of meetings) {
          const own = answer.ok ? answer.value.find((outcome) => outcome.meetingId === meetingId) : undefined;
          if (own !== undefined) answered.set(meetingId, own);
          else if (!answer.ok) answered.set(meetingId, { ...answer, meetingId });
        }
      }),
    );
    this.tidy();
    return outcomes.map((outcome) => answered.get(outcome.meetingId) ?? outcome);
  }

  /** Ends the lines to servers where nothing is attended. */
  tidy(): void {
    const idle = [...this.#walls.get().values()].filter(
      (wall) => wall.attended.size === 0 && (this.#asked.get(wall) ?? 0) === 0,
    );
    // Told even where no server goes: another meeting may be attended on one of them.
    this.#walls.update((walls) => new Map([...walls].filter(([, wall]) => !idle.includes(wall))));
    for (const wall of idle) this.#asked.delete(wall);
    for (const wall of idle) {
      wall.close();
      this.#nodes?.give(wall.connection);
    }
  }

  close(): void {
    for (const wall of this.#walls.get().values()) {
      wall.close();
      this.#nodes?.give(wall.connection);
    }
    this.#walls.set(new Map());
  }

  #at(address: string): FarWall {
    const known = this.#walls.get().get(address);
    if (known !== undefined) return known;
    if (this.#nodes === undefined) throw new Error('no other server is known of');
    const wall = new FarWall(address, this.#nodes.take(address), this.#onLeft);
    this.#walls.update((walls) => new Map(walls).set(address, wall));
    return wall;
  }
}
