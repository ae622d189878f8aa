const key = 'diemcau.slot';

/** @returns which of the browser's sign-ins this tab goes on with. */
export function readSlot(): string {
  try {
    return sessionStorage.getItem(key) ?? 'main';
  } catch {
    return 'main';
  }
}

/** Makes this tab use another sign-in of the browser: the demonstration's people, or a room's terminal. */
export function switchSlot(slot: string): void {
  try {
    sessionStorage.setItem(key, slot);
  } catch {
    // Without storage the tab keeps the common sign-in.
  }
}

/** @returns a sign-in of its own for this tab. */
export function ownSlot(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}

const terminalKey = 'diemcau.terminal';

/** Keeps which sign-in is this machine's terminal: after a power cut it opens without a new code. */
export function rememberTerminal(slot: string): void {
  try {
    localStorage.setItem(terminalKey, slot);
  } catch {
    // Without storage a new code opens the terminal again.
  }
}

/** @returns the sign-in of the terminal that was last opened on this machine; null where there was none. */
export function rememberedTerminal(): string | null {
  try {
    return localStorage.getItem(terminalKey);
  } catch {
    return null;
  }
}
