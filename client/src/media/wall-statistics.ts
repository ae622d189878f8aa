import type { WallLink } from './wall-link.ts';
import type { WallSlot } from './wall-slot.ts';
import type { WallStatistics } from './wall-types.ts';

/** Reads the browser's own counters of a wall's transport. */
export class WallMeter {
  #before: { readonly at: number; readonly bytes: number } | null = null;

  async read(link: WallLink | null, slots: Iterable<WallSlot>): Promise<WallStatistics> {
    const reports: readonly RTCStatsReportEntry[] = link === null ? [] : entriesOf(await link.statistics());
    const transports = reports.filter(({ type }) => type === 'transport');
    const inbound = reports.filter(({ type }) => type === 'inbound-rtp');
    const tiles = new Map<string, { framesDecoded: number; width: number; height: number }>();
    for (const { meetingId, current } of slots) {
      const report = inbound.find(({ trackIdentifier }) => trackIdentifier === current?.consumer.track.id);
      if (report === undefined || current === null) continue;
      const { framesDecoded = 0, frameWidth: width = 0, frameHeight: height = 0 } = report;
      tiles.set(meetingId, { framesDecoded, width, height });
    }
    return {
      transports: transports.length,
      ingress: this.#ingress(sum(transports.map(({ bytesReceived }) => bytesReceived))),
      tiles,
      soundEnergy: sum(inbound.map(({ totalAudioEnergy }) => totalAudioEnergy)),
    };
  }

  #ingress(bytes: number): number {
    const at = performance.now();
    const before = this.#before;
    this.#before = { at, bytes };
    if (before === null || bytes < before.bytes) return 0;
    return ((bytes - before.bytes) * 8) / (at - before.at);
  }
}

/** What is read of the browser's reports; kinds of them lack what is another kind's. */
interface RTCStatsReportEntry {
  readonly type: string;
  readonly trackIdentifier?: string;
  readonly framesDecoded?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly bytesReceived?: number;
  readonly totalAudioEnergy?: number;
}

function entriesOf(report: RTCStatsReport): readonly RTCStatsReportEntry[] {
  const entries: RTCStatsReportEntry[] = [];
  report.forEach((entry: RTCStatsReportEntry) => {
    entries.push(entry);
  });
  return entries;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
