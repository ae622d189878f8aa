import type { EveningSize } from '../evening/plan.ts';

/** Two nodes; the meetings of one of them have the thousand who lose it. */
export const size: EveningSize = { meetings: 160, members: 2_560, superiors: 0 };
export const stricken = 'a';
export const staying = 'b';
/** Members on the node that is killed. */
export const members = 1_000;
/** Of those meetings, so many have picture too: the chair sends, the others of this number watch. */
export const filmed = 2;
export const viewers = 5;
/** New connections a second that a node lets in: its default. */
export const admissionLimit = 2_000;
