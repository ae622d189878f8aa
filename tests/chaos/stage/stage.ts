import type { Product } from '../../support/product.ts';
import type { Crew } from '../bots/crew.ts';
import type { Finding } from '../checker/findings.ts';
import type { StoredLog } from '../checker/stored.ts';
import type { Seeded } from '../seeded.ts';

/** How thorough a run is: `short` goes with every `npm test`, `long` is `npm run chaos`. */
export type Form = 'short' | 'long';

/** A product that runs with everybody in it, and how its stored log is read once it is stopped. */
export interface Stage {
  readonly product: Product;
  readonly crew: Crew;
  readLog(): Promise<StoredLog>;
  /** Ends every process, and removes what was made. */
  close(): Promise<void>;
}

/** A fault that is done to a stage while its bots are at work. */
export interface Fault<S extends Stage = Stage> {
  readonly name: string;
  /** Does it and takes it back; then everything should be well again. The bots are at work when it begins, and after it. */
  readonly inflict: (stage: S, about: { readonly chance: Seeded; readonly form: Form }) => Promise<Inflicted>;
}

/** What a fault has to say for the summary, and what it has found itself. */
export interface Inflicted {
  readonly note: string;
  readonly findings?: readonly Finding[];
}
