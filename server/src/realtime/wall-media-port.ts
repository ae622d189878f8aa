import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type {
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaOffer,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { Result } from '@diemcau/shared/result.ts';
import type { Publication } from '../meeting/room.ts';

/** Picture and sound of the walls, as the door ties them to attendance. */
export interface WallMedia {
  /** Builds or rebuilds a wall's media. */
  open(
    wall: { readonly wallId: string; readonly person: PersonId },
    notify: (notice: WallMediaNotice) => void,
  ): Promise<Result<WallMediaOffer>>;
  /** Hands a request on; `data` comes as the client sent it. */
  request(
    wallId: string,
    name: Exclude<WallMediaRequestName, 'open'>,
    data: unknown,
  ): Promise<Result<WallMediaAnswers[WallMediaRequestName]>>;
  /** What this wall attends from now on. Whether the attendance is durable is looked up in the meeting's state. */
  attends(wallId: string, meetings: ReadonlySet<MeetingId>): void;
  /** Which meeting is heard; null for none. */
  focus(wallId: string, meetingId: MeetingId | null): void;
  /** Before the events are published: closes first, opens only what is durable. */
  follow(publication: Publication): void;
  close(wallId: string): void;
}
