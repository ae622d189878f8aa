import { Observable, type Readable } from '../store/observable.ts';
import { type DeviceFault, deviceFaultOf, hasDevices } from './device-fault.ts';
import { type DeviceChoice, type DeviceKind, DeviceList, type KnownDevice } from './device-list.ts';
import { type CameraPurpose, cameraConstraints, microphoneConstraints, screenOptions } from './quality.ts';

export type { DeviceChoice, DeviceKind, KnownDevice } from './device-list.ts';

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

/** What has happened to a device by itself, to be said once. */
export type DeviceNews =
  /** It was pulled out, and another one has taken its place. */
  | { readonly kind: 'replaced'; readonly source: 'camera' | 'microphone'; readonly label: string }
  /** It was pulled out, and there is no other. */
  | { readonly kind: 'gone'; readonly source: 'camera' | 'microphone' }
  /** What had been pulled out is there again and on. */
  | { readonly kind: 'back'; readonly source: 'camera' | 'microphone' }
  /** Another device was plugged in and may be used. */
  | { readonly kind: 'added'; readonly device: KnownDevice };

const off: LocalState = { kind: 'off' };

/** This device's own camera, microphone and screen; knows nothing of meetings, so the lobby uses it too. */
export class LocalMedia {
  readonly #purpose: CameraPurpose;
  readonly #states = new Observable<LocalStates>({ camera: off, microphone: off, screen: off });
  readonly #list = new DeviceList((added) => this.#listChanged(added));
  readonly #news = new Observable<DeviceNews | null>(null);
  readonly #latest = new Map<LocalSource, number>();
  /** What a device that was pulled out was doing; it does so again when it is back. */
  readonly #pulledOut = new Map<'camera' | 'microphone', 'on' | 'muted'>();
  #closed = false;

  constructor(purpose: CameraPurpose) {
    this.#purpose = purpose;
  }

  get states(): Readable<LocalStates> {
    return this.#states;
  }

  /** What can be chosen from; without labels until a permission has been given once. */
  get devices(): Readable<readonly KnownDevice[]> {
    return this.#list.devices;
  }

  /** What somebody chose; null for the browser's own choice. */
  get chosen(): Readable<DeviceChoice> {
    return this.#list.chosen;
  }

  /** What has last happened to a device by itself. */
  get news(): Readable<DeviceNews | null> {
    return this.#news;
  }

  /** @returns once the source is as wished, or has failed: {@link states} says which. */
  async turn(source: LocalSource, to: 'on' | 'off'): Promise<void> {
    if (to === 'off') this.#turnOff(source);
    else await this.#turnOn(source);
  }

  /** Takes another device, at once where it is on. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    this.#list.choose(kind, deviceId);
    if (kind === 'speaker') return;
    const state = this.#states.get()[kind];
    if (state.kind === 'on') await this.#acquire(kind, 'on');
    else if (state.kind === 'muted') await this.#acquire(kind, 'muted');
    else if (state.kind === 'failed') await this.#acquire(kind, kind === 'microphone' ? 'muted' : 'on');
  }

  /**
   * Opens the chosen microphone apart from what is sent, to see whether it hears; the caller stops the track.
   * @returns null where it can't be opened: {@link states} doesn't change by it.
   */
  async tryMicrophone(): Promise<MediaStreamTrack | null> {
    if (!hasDevices()) return null;
    try {
      return (await this.#capture('microphone')).getAudioTracks()[0] ?? null;
    } catch {
      return null;
    }
  }

  /** Lets all devices go, the microphone too; they can be turned on again. */
  letGo(): void {
    this.#pulledOut.clear();
    for (const source of ['camera', 'microphone', 'screen'] as const) this.#release(source, off);
  }

  /** Lets all devices go: the end of this object. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#list.close();
    this.letGo();
  }

  async #turnOn(source: LocalSource): Promise<void> {
    const state = this.#states.get()[source];
    if (state.kind === 'muted') this.#set(source, { ...state, kind: 'on' });
    else if (state.kind !== 'on') await this.#acquire(source, 'on');
  }

  #turnOff(source: LocalSource): void {
    const state = this.#states.get()[source];
    if (source !== 'screen') this.#pulledOut.delete(source);
    // A microphone that can't be had stays so: who enters without one goes on being told why.
    if (source === 'microphone' && state.kind === 'failed') return;
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
      // Text that stays sharp is worth more than motion that stays smooth.
      if (source === 'screen') track.contentHint = 'detail';
      track.addEventListener('ended', () => void this.#ended(source, track));
      this.#release(source, { kind, track, sound });
      void this.#list.read();
    } catch (error) {
      if (isLatest()) this.#release(source, afterFailure(source, deviceFaultOf(error)));
    }
  }

  async #capture(source: LocalSource): Promise<MediaStream> {
    const { mediaDevices } = navigator;
    if (source === 'screen') return mediaDevices.getDisplayMedia(screenOptions);
    const open = (device: MediaTrackConstraints) =>
      source === 'camera'
        ? mediaDevices.getUserMedia({ video: { ...cameraConstraints(this.#purpose), ...device } })
        : mediaDevices.getUserMedia({ audio: { ...microphoneConstraints, ...device } });
    const chosen = this.#list.chosen.get()[source];
    if (chosen === null) return open({});
    try {
      return await open({ deviceId: { exact: chosen } });
    } catch (error) {
      // What was chosen some other day is not here today: another one serves.
      if (deviceFaultOf(error) !== 'noDevice') throw error;
      return open({});
    }
  }

  /** A screen's sharing was stopped by the browser's own button, or a device was pulled out: then another one takes its place. */
  async #ended(source: LocalSource, track: MediaStreamTrack): Promise<void> {
    const state = this.#states.get()[source];
    if ((state.kind !== 'on' && state.kind !== 'muted') || state.track !== track) return;
    if (source === 'screen') {
      this.#release(source, off);
      return;
    }
    const { kind } = state;
    this.#release(source, { kind: 'failed', fault: 'unplugged' });
    this.#pulledOut.set(source, kind);
    const found = await this.#list.read();
    if (this.#states.get()[source].kind !== 'failed') return;
    if (found.some((device) => device.kind === source)) {
      await this.#acquire(source, kind);
      const now = this.#states.get()[source];
      if (now.kind === 'on' || now.kind === 'muted') {
        this.#pulledOut.delete(source);
        this.#news.set({ kind: 'replaced', source, label: now.track.label });
        return;
      }
    }
    const left = this.#states.get()[source];
    if (left.kind === 'failed' && left.fault !== 'permissionRefused')
      this.#release(source, { kind: 'failed', fault: 'unplugged' });
    this.#news.set({ kind: 'gone', source });
  }

  /** What was pulled out while it was on goes on when it is plugged in again; anything else is only offered. */
  async #listChanged(added: readonly KnownDevice[]): Promise<void> {
    for (const source of ['camera', 'microphone'] as const) {
      const before = this.#pulledOut.get(source);
      if (before === undefined || !added.some(({ kind }) => kind === source)) continue;
      this.#pulledOut.delete(source);
      await this.#acquire(source, before);
      const { kind } = this.#states.get()[source];
      if (kind === before) this.#news.set({ kind: 'back', source });
      return;
    }
    const device = added.find(({ kind, label, id }) => kind !== 'camera' && label !== '' && id !== 'default');
    if (device !== undefined) this.#news.set({ kind: 'added', device });
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
}

/** Who closes the window that asks what to share has only changed their mind. */
function afterFailure(source: LocalSource, fault: DeviceFault): LocalState {
  return source === 'screen' && fault === 'permissionRefused' ? off : { kind: 'failed', fault };
}
