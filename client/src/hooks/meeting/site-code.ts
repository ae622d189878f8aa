import { asId, type SiteId } from '@diemcau/shared/ids.ts';

/** A site's code as a member has scanned it (ATT4). */
export interface ScannedCode {
  readonly site: SiteId;
  readonly code: string;
}

/** @returns the address that the site's QR code holds. */
export function scannedAddress(origin: string, meetingId: string, { site, code }: ScannedCode): string {
  const query = new URLSearchParams({ diem: code, noi: site });
  return `${origin}/hop/${encodeURIComponent(meetingId)}?${query}`;
}

/** @returns what the page's address says was scanned; null where it says nothing. */
export function scannedIn(query: URLSearchParams): ScannedCode | null {
  const [code, site] = [query.get('diem'), query.get('noi')];
  return code && site ? { code, site: asId<SiteId>(site) } : null;
}
