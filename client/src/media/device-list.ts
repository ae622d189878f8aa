import { Observable, type Readable } from '../store/observable.ts';
import { hasDevices } from './device-fault.ts';

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

export interface KnownDevice {
  readonly kind: DeviceKind;
  readonly id: string;
  /** Empty until a permission has been given once. */
  readonly label: string;
}

/** What somebody chose on this device; null for the browser's own choice. */
export type DeviceChoice = { readonly [K in DeviceKind]: string | null };

const kinds: Readonly<Record<string, DeviceKind>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

const slot = 'diemcau.devices';
const nothing: DeviceChoice = { camera: null, microphone: null, speaker: null };

function remembered(): DeviceChoice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(slot) ?? '{}');
    const fields = typeof kept === 'object' && kept !== null ? kept : {};
    const id = (kind: DeviceKind): string | null => {
      const value: unknown = Reflect.get(fields, kind);
      return typeof value === 'string' ? value : null;
    };
    return { camera: id('camera'), microphone: id('microphone'), speaker: id('speaker') };
  } catch {
    return nothing;
  }
}

/** Cameras, microphones and speakers of this device, which of them somebody chose, and what is plugged in or out. */
export class DeviceList {
  readonly #devices = new Observable<readonly KnownDevice[]>([]);
  readonly #chosen = new Observable<DeviceChoice>(remembered());
  readonly #onChange: (added: readonly KnownDevice[]) => void;

  /** @param onChange told of what has been plugged in since the list was last read. */
  constructor(onChange: (added: readonly KnownDevice[]) => void) {
    this.#onChange = onChange;
    if (!hasDevices()) return;
    navigator.mediaDevices.addEventListener('devicechange', this.#changed);
    void this.read();
  }

  get devices(): Readable<readonly KnownDevice[]> {
    return this.#devices;
  }

  get chosen(): Readable<DeviceChoice> {
    return this.#chosen;
  }

  /** Remembers a choice, also for the next visit; empty leaves it to the browser. */
  choose(kind: DeviceKind, id: string): void {
    this.#chosen.update((chosen) => ({ ...chosen, [kind]: id === '' ? null : id }));
    try {
      localStorage.setItem(slot, JSON.stringify(this.#chosen.get()));
    } catch {
      // The choice then holds for this visit.
    }
  }

  async read(): Promise<readonly KnownDevice[]> {
    if (!hasDevices()) return [];
    try {
      const found = await navigator.mediaDevices.enumerateDevices();
      const known = found.flatMap(({ kind, deviceId, label }): KnownDevice[] => {
        const ours = kinds[kind];
        return ours === undefined || deviceId === '' ? [] : [{ kind: ours, id: deviceId, label }];
      });
      this.#devices.set(known);
    } catch {
      this.#devices.set([]);
    }
    return this.#devices.get();
  }

  close(): void {
    if (hasDevices()) navigator.mediaDevices.removeEventListener('devicechange', this.#changed);
  }

  readonly #changed = async (): Promise<void> => {
    const before = this.#devices.get();
    const after = await this.read();
    this.#onChange(after.filter(({ kind, id }) => !before.some((old) => old.kind === kind && old.id === id)));
  };
}
