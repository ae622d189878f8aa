import type { Player } from '../cast.ts';
import type { Chance } from '../chance.ts';
import type { Pool } from '../pool.ts';

/** What a message met with. `code`: `ok`, a refusal's code, or `closed` where the connection was ended for it. */
export interface Met {
  readonly code: string;
  /** Why this must not happen; null where all is well. */
  readonly fault: string | null;
  /** What was sent, as it can be sent again. */
  readonly sent: string;
}

/** Where the server is, and who speaks. */
export interface Stage {
  readonly url: string;
  readonly players: readonly Player[];
  /** Those of them who head something. */
  readonly officers: readonly Player[];
  readonly administrators: readonly Player[];
  readonly pool: Pool;
  /** What is known of each meeting. */
  readonly pools: Map<string, Pool>;
}

/** One kind of message. */
export interface FuzzDoor {
  readonly name: string;
  /** Of all messages, relative to the other doors' share. */
  readonly share: number;
  send(stage: Stage, chance: Chance): Promise<Met>;
}
