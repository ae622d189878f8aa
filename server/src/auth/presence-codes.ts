import { timingSafeEqual } from 'node:crypto';
import type { CommandId, MeetingId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Keys } from './keys.ts';

/** What a site shows as a QR code, to be scanned by who stands before it (ATT4). */
export interface PresenceCode {
  readonly code: string;
  /** When the next one is shown, milliseconds since 1970; this one holds for one slot more. */
  readonly expiresAt: number;
}

export interface PresenceClaim {
  readonly meetingId: MeetingId;
  readonly siteId: SiteId;
  readonly personId: PersonId;
  /** The command that the code proves: the same one sent again is no second use. */
  readonly commandId: CommandId;
}

export interface PresenceCodes {
  current(meetingId: MeetingId, siteId: SiteId): PresenceCode;
  /** Uses the code for this person, or refuses it with `codeInvalid`. */
  use(code: string, claim: PresenceClaim): Result<null>;
}

const SLOT_MS = 15_000;
/** 72 bits: nobody guesses them within half a minute, and the QR code stays coarse enough for an old telephone. */
const LETTERS = 12;

/** Codes that follow from the time alone, so that nothing is stored and a restart breaks none. */
export function createPresenceCodes({
  keys,
  now,
}: {
  readonly keys: Pick<Keys, 'presence'>;
  readonly now: () => number;
}): PresenceCodes {
  /** Uses of the slots that still hold, by slot. */
  const uses = new Map<number, Map<string, CommandId>>();

  const slotNow = () => Math.floor(now() / SLOT_MS);
  const codeOf = (meetingId: MeetingId, siteId: SiteId, slot: number) =>
    keys.presence(JSON.stringify([meetingId, siteId, slot])).slice(0, LETTERS);

  function usesOf(slot: number): Map<string, CommandId> {
    for (const known of uses.keys()) if (known < slotNow() - 1) uses.delete(known);
    const found = uses.get(slot) ?? new Map<string, CommandId>();
    uses.set(slot, found);
    return found;
  }

  return {
    current(meetingId, siteId) {
      const slot = slotNow();
      return { code: codeOf(meetingId, siteId, slot), expiresAt: (slot + 1) * SLOT_MS };
    },

    use(code, { meetingId, siteId, personId, commandId }) {
      const newest = slotNow();
      // The one before still holds: it was on the wall when the camera was raised.
      const slot = [newest, newest - 1].find((candidate) =>
        isSame(code, codeOf(meetingId, siteId, candidate)),
      );
      if (slot === undefined) return refused('codeInvalid');
      const used = usesOf(slot);
      const key = JSON.stringify([meetingId, siteId, personId]);
      const usedBy = used.get(key);
      if (usedBy !== undefined && usedBy !== commandId) return refused('codeInvalid');
      used.set(key, commandId);
      return ok(null);
    },
  };
}

function isSame(said: string, right: string): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
