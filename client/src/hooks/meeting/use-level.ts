import { useEffect, useState } from 'react';

/** How far the shown level sinks from one look to the next. */
const decay = 0.06;

/** @returns how loud the track is now, 0 to 1; 0 without a track. A track that is held back is measured all the same. */
export function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    setLevel(0);
    if (track === null) return;
    const heard = track.clone();
    heard.enabled = true;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(new MediaStream([heard])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
      // From −50 dB (a quiet room) to −10 dB (speech close by).
      const decibels = 10 * Math.log10(power + 1e-9);
      const now = Math.min(1, Math.max(0, (decibels + 50) / 40));
      // It sinks slowly, so that a short word can be seen.
      setLevel((before) => Math.max(now, before - decay));
    }, 120);
    return () => {
      clearInterval(timer);
      heard.stop();
      void context.close();
    };
  }, [track]);
  return level;
}
