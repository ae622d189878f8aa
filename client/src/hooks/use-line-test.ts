import { useCallback, useState } from 'react';
import { type LineFigures, testLine } from '../net/line-test.ts';
import { hasWebRtc } from '../store/browser-reach.ts';

export interface LineTestResult {
  readonly figures: LineFigures;
  readonly webRtc: 'there' | 'missing' | 'insecure';
  readonly devices: 'both' | 'camera' | 'microphone' | 'none';
}

export type LineTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'done'; readonly result: LineTestResult };

/** How much of the test is behind when a part begins. */
const shares: Readonly<Record<keyof LineFigures, number>> = { trip: 0.05, socket: 0.2, down: 0.35, up: 0.7 };

async function devicesThere(): Promise<LineTestResult['devices']> {
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined) return 'none';
  const found = await mediaDevices.enumerateDevices().catch(() => []);
  const camera = found.some(({ kind }) => kind === 'videoinput');
  const microphone = found.some(({ kind }) => kind === 'audioinput');
  if (camera && microphone) return 'both';
  return camera ? 'camera' : microphone ? 'microphone' : 'none';
}

/** The test of this device's line, and how far it is. */
export function useLineTest(): { readonly state: LineTestState; readonly start: () => void } {
  const [state, setState] = useState<LineTestState>({ kind: 'idle' });
  const run = useCallback(async () => {
    setState({ kind: 'running', share: 0 });
    const devices = await devicesThere();
    const figures = await testLine((part) => setState({ kind: 'running', share: shares[part] }));
    const able = hasWebRtc() ? 'there' : 'missing';
    const webRtc = window.isSecureContext ? able : 'insecure';
    setState({ kind: 'done', result: { figures, webRtc, devices } });
  }, []);
  return { state, start: () => void run() };
}
