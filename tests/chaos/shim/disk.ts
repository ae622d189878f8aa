import type { Seeded } from '../seeded.ts';
import type { Change } from './journal.ts';

/** In which order a disk without power had written what nobody had asked it to finish. */
export const orders = ['nothing', 'everything', 'first', 'some', 'torn'] as const;
export type Order = (typeof orders)[number];

interface File {
  /** What an fsync has promised. */
  durable: Buffer;
  /** What came since, in order. */
  pending: Change[];
}

type Naming =
  | { readonly kind: 'name'; readonly path: string; readonly file: File }
  | { readonly kind: 'unname'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string };

/** Sizes at which disks tear, in bytes. */
const sectors = [512, 4096] as const;

/**
 * A folder as a disk holds it, made from what a server did to it: what it has synced is there whatever happens, of the rest
 * anything may be. A name is safe once its folder was synced, a file's content once the file was.
 */
export class Disk {
  readonly #byInode = new Map<bigint, File>();
  readonly #now = new Map<string, File>();
  readonly #safe = new Map<string, File>();
  #unsafe: Naming[] = [];

  /** @param found what lay there before, safe. */
  constructor(found: ReadonlyMap<string, Buffer> = new Map()) {
    for (const [path, durable] of found) {
      const file = { durable, pending: [] };
      this.#now.set(path, file);
      this.#safe.set(path, file);
    }
  }

  take(change: Change): void {
    const { kind, inode, bytes } = change;
    const path = bytes.toString('utf8');
    switch (kind) {
      case 'opened': {
        const file = this.#now.get(path);
        if (file) this.#byInode.set(inode, file);
        return;
      }
      case 'created': {
        const file: File = { durable: Buffer.alloc(0), pending: [] };
        this.#byInode.set(inode, file);
        this.#rename({ kind: 'name', path, file });
        return;
      }
      case 'written':
      case 'truncated':
        this.#byInode.get(inode)?.pending.push(change);
        return;
      case 'synced': {
        const file = this.#byInode.get(inode);
        if (!file) return;
        file.durable = applied(file.durable, file.pending);
        file.pending = [];
        return;
      }
      case 'renamed': {
        const [from = '', to = ''] = path.split('\0');
        this.#rename({ kind: 'rename', from, to });
        return;
      }
      case 'unlinked':
        this.#rename({ kind: 'unname', path });
        return;
      case 'folderSynced':
        for (const naming of this.#unsafe) apply(this.#safe, naming);
        this.#unsafe = [];
        return;
      case 'folderMade':
      case 'folderRemoved':
        // Folders hold no data of the product: its lock is one, and a lock of a dead machine says nothing.
        return;
      default: {
        const never: never = kind;
        throw new Error(`unknown change ${never}`);
      }
    }
  }

  /** @returns what would lie there if the power went now, by path: each time something else. Changes nothing. */
  withoutPower(order: Order, chance: Seeded): ReadonlyMap<string, Buffer> {
    const names = new Map(this.#safe);
    for (const naming of survivors(this.#unsafe, order, chance)) apply(names, naming);
    return new Map(
      Array.from(names, ([path, { durable, pending }]) => {
        const kept = survivors(pending, order, chance);
        return [path, applied(durable, order === 'torn' ? kept.flatMap((one) => torn(one, chance)) : kept)];
      }),
    );
  }

  #rename(naming: Naming): void {
    apply(this.#now, naming);
    this.#unsafe.push(naming);
  }
}

function apply(names: Map<string, File>, naming: Naming): void {
  switch (naming.kind) {
    case 'name':
      names.set(naming.path, naming.file);
      return;
    case 'unname':
      names.delete(naming.path);
      return;
    case 'rename': {
      const file = names.get(naming.from);
      names.delete(naming.from);
      if (file) names.set(naming.to, file);
    }
  }
}

function survivors<T>(list: readonly T[], order: Order, chance: Seeded): readonly T[] {
  switch (order) {
    case 'nothing':
      return [];
    case 'everything':
      return list;
    case 'first':
      return list.slice(0, chance.between(0, list.length + 1));
    case 'some':
    case 'torn':
      return list.filter(() => chance.happens(0.5));
  }
}

/** Of what was written only some sectors were; each lies where it belongs. */
function torn(change: Change, chance: Seeded): Change[] {
  if (change.kind !== 'written') return [change];
  const sector = chance.pick(sectors);
  const pieces: Change[] = [];
  for (let from = 0; from < change.bytes.length; ) {
    const to = Math.min(change.bytes.length, from + sector - ((change.offset + from) % sector));
    if (chance.happens(0.6)) {
      pieces.push({ ...change, offset: change.offset + from, bytes: change.bytes.subarray(from, to) });
    }
    from = to;
  }
  return pieces;
}

function applied(content: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return content;
  let [length, most] = [content.length, content.length];
  for (const { kind, offset, bytes } of changes) {
    length = kind === 'truncated' ? offset : Math.max(length, offset + bytes.length);
    most = Math.max(most, length);
  }
  const result = Buffer.alloc(most);
  content.copy(result);
  let end = content.length;
  for (const { kind, offset, bytes } of changes) {
    if (kind === 'truncated') {
      // What is cut off and grown again is zeros.
      if (offset < end) result.fill(0, offset, end);
      end = offset;
    } else {
      bytes.copy(result, offset);
      end = Math.max(end, offset + bytes.length);
    }
  }
  return result.subarray(0, end);
}
