import { useCallback, useState } from 'react';
import { mediaPath, portsOf } from '../media/path-test.ts';
import { type LineFigures, type MediaTrial, testLine } from '../net/line-test.ts';
import type { SessionKeeper } from '../net/session-keeper.ts';
import { hasWebRtc } from '../store/browser-reach.ts';
import { useApp } from './use-app.ts';

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
const shares: Readonly<Record<keyof LineFigures, number>> = {
  trip: 0.05,
  socket: 0.15,
  media: 0.25,
  down: 0.45,
  up: 0.75,
};

async function tryMedia(session: SessionKeeper): Promise<MediaTrial> {
  if (!window.isSecureContext || !hasWebRtc()) return { kind: 'untried' };
  const state = session.state.get();
  if (state.kind !== 'signedIn' || state.session.kind !== 'person') return { kind: 'signedOut' };
  const trial = await session.call('tryLine', {});
  if (!trial.ok) return { kind: trial.code === 'mediaUnavailable' ? 'unavailable' : 'untried' };
  return { kind: await mediaPath(trial.value), ports: portsOf(trial.value) };
}

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
  const { session } = useApp();
  const run = useCallback(async () => {
    setState({ kind: 'running', share: 0 });
    const devices = await devicesThere();
    const figures = await testLine(
      (part) => setState({ kind: 'running', share: shares[part] }),
      () => tryMedia(session),
    );
    const able = hasWebRtc() ? 'there' : 'missing';
    const webRtc = window.isSecureContext ? able : 'insecure';
    setState({ kind: 'done', result: { figures, webRtc, devices } });
  }, [session]);
  return { state, start: () => void run() };
}
