import { Observable, type Readable } from '../store/observable.ts';
import { type DeviceFault, deviceFaultOf, hasDevices } from './device-fault.ts';
import { type CameraPurpose, cameraConstraints, microphoneConstraints, screenOptions } from './quality.ts';

export type LocalSource = 'camera' | 'microphone' | 'screen';

/** `muted` keeps the microphone ready; a camera or screen that is off has let its device go. */
export type LocalState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'on' | 'muted';
      readonly track: MediaStreamTrack;
      readonly sound: MediaStreamTrack | null;
    }
  | { readonly kind: 'failed'; readonly fault: DeviceFault };

export type LocalStates = { readonly [source in LocalSource]: LocalState };

export interface InputDevice {
  readonly kind: 'camera' | 'microphone';
  readonly id: string;
  readonly label: string;
}

const off: LocalState = { kind: 'off' };

/** This device's own camera, microphone and screen; knows nothing of meetings, so the lobby uses it too. */
export class LocalMedia {
  readonly #purpose: CameraPurpose;
  readonly #states = new Observable<LocalStates>({ camera: off, microphone: off, screen: off });
  readonly #devices = new Observable<readonly InputDevice[]>([]);
  readonly #chosen = new Map<LocalSource, string>();
  readonly #latest = new Map<LocalSource, number>();
  #closed = false;

  constructor(purpose: CameraPurpose) {
    this.#purpose = purpose;
    if (hasDevices()) {
      navigator.mediaDevices.addEventListener('devicechange', this.#list);
      void this.#list();
    }
  }

  get states(): Readable<LocalStates> {
    return this.#states;
  }

  /** What can be chosen from; without labels until a permission has been given once. */
  get devices(): Readable<readonly InputDevice[]> {
    return this.#devices;
  }

  /** @returns once the source is as wished, or has failed: {@link states} says which. */
  async turn(source: LocalSource, to: 'on' | 'off'): Promise<void> {
    if (to === 'off') this.#turnOff(source);
    else await this.#turnOn(source);
  }

  /** Takes another camera or microphone, at once where it is on. */
  async choose(source: 'camera' | 'microphone', deviceId: string): Promise<void> {
    this.#chosen.set(source, deviceId);
    const { kind } = this.#states.get()[source];
    if (kind === 'on') await this.#acquire(source, 'on');
    else if (kind === 'muted') await this.#acquire(source, 'muted');
  }

  /** Lets all devices go. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (hasDevices()) navigator.mediaDevices.removeEventListener('devicechange', this.#list);
    for (const source of ['camera', 'microphone', 'screen'] as const) this.#release(source, off);
  }

  async #turnOn(source: LocalSource): Promise<void> {
    const state = this.#states.get()[source];
    if (state.kind === 'muted') this.#set(source, { ...state, kind: 'on' });
    else if (state.kind !== 'on') await this.#acquire(source, 'on');
  }

  #turnOff(source: LocalSource): void {
    const state = this.#states.get()[source];
    if (source === 'microphone' && state.kind === 'on') this.#set(source, { ...state, kind: 'muted' });
    else if (state.kind !== 'off' && state.kind !== 'muted') this.#release(source, off);
  }

  async #acquire(source: LocalSource, kind: 'on' | 'muted'): Promise<void> {
    if (!hasDevices()) {
      this.#set(source, { kind: 'failed', fault: 'insecureContext' });
      return;
    }
    const attempt = (this.#latest.get(source) ?? 0) + 1;
    this.#latest.set(source, attempt);
    const isLatest = () => this.#latest.get(source) === attempt && !this.#closed;
    const before = this.#states.get()[source];
    if (before.kind !== 'on' && before.kind !== 'muted') this.#set(source, { kind: 'starting' });
    try {
      const stream = await this.#capture(source);
      const [track] = source === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
      if (track === undefined || !isLatest()) {
        for (const unwanted of stream.getTracks()) unwanted.stop();
        return;
      }
      const sound = source === 'screen' ? (stream.getAudioTracks()[0] ?? null) : null;
      if (source === 'screen') track.contentHint = 'detail';
      track.addEventListener('ended', () => this.#ended(source, track));
      this.#release(source, { kind, track, sound });
      void this.#list();
    } catch (error) {
      if (isLatest()) this.#release(source, { kind: 'failed', fault: deviceFaultOf(error) });
    }
  }

  #capture(source: LocalSource): Promise<MediaStream> {
    const { mediaDevices } = navigator;
    if (source === 'screen') return mediaDevices.getDisplayMedia(screenOptions);
    const chosen = this.#chosen.get(source);
    const device = chosen === undefined ? {} : { deviceId: { ideal: chosen } };
    return source === 'camera'
      ? mediaDevices.getUserMedia({ video: { ...cameraConstraints(this.#purpose), ...device } })
      : mediaDevices.getUserMedia({ audio: { ...microphoneConstraints, ...device } });
  }

  /** A screen's sharing was stopped by the browser's own button, or a device was pulled out. */
  #ended(source: LocalSource, track: MediaStreamTrack): void {
    const state = this.#states.get()[source];
    if ((state.kind !== 'on' && state.kind !== 'muted') || state.track !== track) return;
    this.#release(source, source === 'screen' ? off : { kind: 'failed', fault: 'noDevice' });
  }

  /** Sets the new state first, so that who sends the old track has let go of it when it stops. */
  #release(source: LocalSource, next: LocalState): void {
    const before = this.#states.get()[source];
    if (next.kind === 'off') this.#latest.set(source, (this.#latest.get(source) ?? 0) + 1);
    this.#set(source, next);
    if (before.kind !== 'on' && before.kind !== 'muted') return;
    before.track.stop();
    before.sound?.stop();
  }

  #set(source: LocalSource, state: LocalState): void {
    this.#states.update((states) => ({ ...states, [source]: state }));
  }

  readonly #list = async (): Promise<void> => {
    try {
      const found = await navigator.mediaDevices.enumerateDevices();
      this.#devices.set(
        found.flatMap(({ kind, deviceId, label }): InputDevice[] => {
          if (kind === 'videoinput') return [{ kind: 'camera', id: deviceId, label }];
          return kind === 'audioinput' ? [{ kind: 'microphone', id: deviceId, label }] : [];
        }),
      );
    } catch {
      this.#devices.set([]);
    }
  };
}
