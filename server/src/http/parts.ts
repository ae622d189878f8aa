import type { MeetingId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { Result } from '@diemcau/shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { DemoDirectory } from '../demo/entries.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import type { MeetingIndex } from '../directory/meeting-index.ts';
import type { MeetingsPort } from '../directory/summoning.ts';
import type { MediaEngine } from '../media/port.ts';
import type { RefreshCookies } from './cookies.ts';
import type { RecordParts } from './record-files.ts';

/** Says whether a person may open a site's terminal, and under whom it stands when nobody else is named. */
export type SiteCodePermission = (
  personId: PersonId,
  meetingId: MeetingId,
  siteId: SiteId,
) => Promise<Result<{ readonly responsibleId: PersonId }>>;

/** What the routes work with; handed in, so that a test or another process can hand in its own. */
export interface HttpParts {
  readonly db: DirectoryDatabase;
  readonly auth: Auth;
  readonly index: MeetingIndex;
  readonly meetings: MeetingsPort;
  readonly siteCodePermission: SiteCodePermission;
  readonly records: RecordParts;
  /** Null outside demonstration mode: then its routes don't exist. */
  readonly demo: { readonly directory: DemoDirectory; readonly reach: 'thisComputer' | 'network' } | null;
  readonly door: 'tls' | 'plain';
  /** Null: this server carries no media. */
  readonly media: Pick<MediaEngine, 'tryLine'> | null;
  readonly now: () => number;
}

/** The parts with what the door itself adds. */
export interface RouteParts extends HttpParts {
  readonly cookies: RefreshCookies;
}
