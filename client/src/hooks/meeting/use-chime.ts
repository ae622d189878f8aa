import { useCallback } from 'react';

/** Two tones, as a bell would; loud enough for an old loudspeaker. */
function ring(context: AudioContext): void {
  for (const [at, pitch] of [
    [0, 660],
    [0.35, 880],
  ] as const) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const from = context.currentTime + at;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.6);
  }
  setTimeout(() => void context.close(), 1_200);
}

/** Some browsers let a page choose the speaker of what it makes itself. */
async function direct(context: AudioContext, speaker: string): Promise<void> {
  const choose: unknown = Reflect.get(context, 'setSinkId');
  if (typeof choose === 'function') await Reflect.apply(choose, context, [speaker]);
}

/** @returns a function that plays a chime through the speaker; null for the browser's own. */
export function useChime(speaker: string | null): () => void {
  return useCallback(() => {
    const context = new AudioContext();
    const directed = speaker === null ? Promise.resolve() : direct(context, speaker);
    // A speaker that is gone: better heard elsewhere than not at all.
    void directed.catch(() => undefined).then(() => ring(context));
  }, [speaker]);
}

/** @returns whether this browser lets a page choose its speaker. */
export function choosesSpeakers(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}
