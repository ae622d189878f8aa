import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Readable } from '../store/observable.ts';
import type { MediaState } from './media-state.ts';
import type { TileSize } from './quality.ts';
import type { TilePriority, WallMediaDoor, WallStatistics, WallTile } from './wall-types.ts';

/**
 * All pictures and sounds of a superior's wall over one receiving transport. Framework-free; import it lazily
 * (`await import('../media/wall-session.ts')`), for it brings the WebRTC library along.
 *
 * - `new WallSession(door)` once a wall, `open()` when the first attendance begins, `close()` when the wall is left.
 *   Attendances that begin or end later arrive as notices by themselves; so do dead workers, lost lines and new addresses.
 * - `tile(meetingId)`: its picture, for any meeting at any time; see {@link TilePicture} for the change without a black frame.
 * - `setVisible(meetingId, size)`: size on screen in device pixels, null when off screen. Only what is visible is received.
 * - `setPriority(meetingId, priority)`: kept until said otherwise; `rest` at first.
 * - `listen(meetingId)`: whose sound is played by `sound`, an `<audio autoplay>`'s stream; ask the server for
 *   `focusMeeting` as well, which alone decides what may be heard.
 */
export interface WallMedia {
  readonly state: Readable<MediaState>;
  /** All sounds of the meeting that is listened to; the same stream for as long as there is any. */
  readonly sound: Readable<MediaStream | null>;
  open(): Promise<void>;
  tile(meetingId: MeetingId): WallTile;
  setVisible(meetingId: MeetingId, size: TileSize | null): void;
  setPriority(meetingId: MeetingId, priority: TilePriority): void;
  listen(meetingId: MeetingId | null): void;
  statistics(): Promise<WallStatistics>;
  close(): void;
}

export type MakeWallMedia = (door: WallMediaDoor) => WallMedia;
