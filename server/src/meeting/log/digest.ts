import { createHash } from 'node:crypto';

/** SHA-256 at once, as the single writer needs it. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
