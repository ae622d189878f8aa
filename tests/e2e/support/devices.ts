import type { Page } from '@playwright/test';

/** What a test does to the page's cameras and microphones, as hands and other programs would. */
export interface DeviceTable {
  /** How `getUserMedia` fails for this kind from now on; null lets it through. */
  refuse(kind: 'video' | 'audio', error: string | null): Promise<void>;
  /** Pulls out every camera or microphone: tracks end, lists get shorter. */
  unplug(kind: 'video' | 'audio'): Promise<void>;
  plugIn(kind: 'video' | 'audio'): Promise<void>;
  /** How often the page has asked for a device. */
  asked(): Promise<number>;
}

interface Table {
  readonly refused: Map<string, string>;
  readonly unplugged: Set<string>;
  readonly tracks: Set<MediaStreamTrack>;
  asked: number;
}

function install(): void {
  const table: Table = { refused: new Map(), unplugged: new Set(), tracks: new Set(), asked: 0 };
  Object.assign(window, { deviceTable: table });
  const { mediaDevices } = navigator;
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    table.asked += 1;
    for (const kind of ['video', 'audio'] as const) {
      if (!constraints?.[kind]) continue;
      const error = table.unplugged.has(kind) ? 'NotFoundError' : table.refused.get(kind);
      if (error !== undefined) throw new DOMException('as the test wants it', error);
    }
    const stream = await capture(constraints);
    for (const track of stream.getTracks()) table.tracks.add(track);
    return stream;
  };
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ kind }) => !table.unplugged.has(kind.replace('input', '')));
}

/** Puts the table under a page's devices; before its first address. */
export async function deviceTable(page: Page): Promise<DeviceTable> {
  await page.addInitScript(install);
  return {
    refuse: (kind, error) =>
      page.evaluate(
        ([what, name]) => {
          const { refused } = Reflect.get(window, 'deviceTable') as Table;
          if (name === null) refused.delete(what);
          else refused.set(what, name);
        },
        [kind, error] as const,
      ),
    unplug: (kind) =>
      page.evaluate((what) => {
        const { unplugged, tracks } = Reflect.get(window, 'deviceTable') as Table;
        unplugged.add(what);
        for (const track of tracks) {
          if (track.kind !== what || track.readyState === 'ended') continue;
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      }, kind),
    plugIn: (kind) =>
      page.evaluate((what) => {
        (Reflect.get(window, 'deviceTable') as Table).unplugged.delete(what);
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      }, kind),
    asked: () => page.evaluate(() => (Reflect.get(window, 'deviceTable') as Table).asked),
  };
}
