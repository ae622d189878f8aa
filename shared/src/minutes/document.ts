import type { Head } from '../protocol/socket.ts';

/** One paragraph, list, table, or a place for the clerk's own words. The same for the screen, DOCX and PDF. */
export type MinutesBlock =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** `item` heads what follows it, as an item of the programme does; `outcome` is what was decided. */
      readonly weight?: 'item' | 'outcome';
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Whether the last row sums up those above it. */
      readonly total?: 'lastRow';
    }
  /** What the clerk words freely (MIN2); `text` is null while nothing has been written. */
  | { readonly kind: 'wording'; readonly part: string; readonly label: string; readonly text: string | null };

export interface MinutesSection {
  readonly key: string;
  readonly heading: string;
  readonly blocks: readonly MinutesBlock[];
}

/** Minutes as a fold over the log, in the usual form of a cell's minutes (MIN1, MIN4). Vietnamese, as the record is. */
export interface MinutesDocument {
  /** Body above and body, top left. */
  readonly higherBody: string;
  readonly body: string;
  /** *Place, ngày … tháng … năm …* */
  readonly placeAndDate: string;
  readonly title: string;
  readonly subject: string;
  readonly sections: readonly MinutesSection[];
  readonly signatures: { readonly clerk: string; readonly chair: string };
  readonly status: 'draft' | 'adopted' | 'sealed';
  /** The log's end that these minutes rest on (MIN3); null where the reader doesn't know it. */
  readonly head: Head | null;
}
