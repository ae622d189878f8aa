import { hash } from 'node:crypto';

/** SHA-256 at once, as the single writer needs it. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex');
}
