import { canonicalText, type JsonObject } from './json.ts';

/** What everybody may know of an event: that it happened, where in the chain, and the hash of what it says. */
export interface Envelope {
  readonly meetingId: string;
  /** 1, 2, 3 … within the meeting, without gaps. */
  readonly seq: number;
  readonly type: string;
  /** Milliseconds since 1970, by the server's clock; never decreases within a meeting. */
  readonly at: number;
  readonly dataHash: string;
  readonly hash: string;
}

/** An event with what it says. The salt keeps others from guessing a withheld `data` out of its hash. */
export interface EventRecord extends Envelope {
  readonly data: JsonObject;
  /** 16 random bytes as 32 hexadecimal digits. */
  readonly salt: string;
}

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hexadecimal digits. Node has it at once, a browser by promise. */
export type Digest = (text: string) => string;
export type AsyncDigest = (text: string) => Promise<string>;

/** Stands as previous hash before the first event of a meeting. */
export const firstHash = '0'.repeat(64);

/** The text whose SHA-256 is `dataHash`, that is JCS({data, salt}) with `data` already in canonical form. */
export function dataText(salt: string, canonicalData: string): string {
  return `{"data":${canonicalData},"salt":${JSON.stringify(salt)}}`;
}

/** The text whose SHA-256 is `hash`: the previous event's hash, then the canonical envelope without its own hash. */
export function chainText(previousHash: string, envelope: Omit<Envelope, 'hash'>): string {
  const { meetingId, seq, type, at, dataHash } = envelope;
  return previousHash + canonicalText({ meetingId, seq, type, at, dataHash });
}

/** Everything of an event but its hashes; `canonicalData` as `canonicalText` gives it. */
export interface Unsealed {
  readonly meetingId: string;
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly salt: string;
  readonly canonicalData: string;
}

/** Chains an event to the one before it. */
export function seal(previousHash: string, event: Unsealed, digest: Digest): Envelope {
  const { meetingId, seq, type, at } = event;
  const dataHash = digest(dataText(event.salt, event.canonicalData));
  const hash = digest(chainText(previousHash, { meetingId, seq, type, at, dataHash }));
  return { meetingId, seq, type, at, dataHash, hash };
}
