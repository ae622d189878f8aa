import type {
  CellOffice,
  CellType,
  GroupOffice,
  MeetingKind,
  Standing,
} from '@diemcau/shared/domain/roster.ts';
import type { MeetingPhase } from '@diemcau/shared/domain/state.ts';
import type { PastMeeting } from '@diemcau/shared/domain/streaks.ts';
import type { CellId, MeetingId, OrganizationId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { Generated } from 'kysely';
import type { ObservationTable, VisitFoldTable, VisitPlanTable, VisitTable } from './oversight-tables.ts';

/** SQLite has no booleans. */
export type Flag = 0 | 1;

export type OrganizationKind = 'province' | 'commune' | 'ward' | 'bloc' | 'grassroots' | 'other';
export type CodePurpose = 'firstAdministrator' | 'account' | 'siteTerminal';

interface OrganizationTable {
  id: OrganizationId;
  parentId: OrganizationId | null;
  kind: OrganizationKind;
  name: string;
  committeeName: string;
  /** JSON of OrganizationSettings; what is left out is inherited from above. */
  settings: Generated<string>;
}

interface CellTable {
  id: CellId;
  organizationId: OrganizationId;
  name: string;
  type: CellType;
}

interface SiteTable {
  id: SiteId;
  cellId: CellId;
  name: string;
  address: Generated<string>;
  isMain: Generated<Flag>;
}

interface PersonTable {
  id: PersonId;
  name: string;
  /** The name as it is compared at login: NFC, lower case, single spaces. */
  nameKey: string;
  birthYear: number | null;
  phone: string | null;
  /** Office outside a cell, as it is read out: "Phó Bí thư Đảng ủy xã". */
  title: Generated<string>;
}

interface MembershipTable {
  personId: PersonId;
  cellId: CellId;
  standing: Standing;
  office: CellOffice | null;
  isClerk: Generated<Flag>;
  partyGroup: string | null;
  groupOffice: GroupOffice | null;
  specialDuty: Generated<Flag>;
  detained: Generated<Flag>;
}

interface SuperiorAssignmentTable {
  id: string;
  personId: PersonId;
  cellId: CellId | null;
  organizationId: OrganizationId | null;
}

interface AdministratorTable {
  personId: PersonId;
  organizationId: OrganizationId;
}

interface AccountTable {
  personId: PersonId;
  login: string;
  passwordHash: string;
  createdAt: number;
}

interface OneTimeCodeTable {
  hash: string;
  purpose: CodePurpose;
  personId: PersonId | null;
  meetingId: MeetingId | null;
  siteId: SiteId | null;
  expiresAt: number;
  usedAt: number | null;
}

interface RefreshFamilyTable {
  id: string;
  kind: 'person' | 'terminal';
  /** The person signed in, or who is responsible for the terminal. */
  personId: PersonId;
  meetingId: MeetingId | null;
  siteId: SiteId | null;
  createdAt: number;
  expiresAt: number;
  endedAt: number | null;
  lockedAt: number | null;
}

interface RefreshTokenTable {
  hash: string;
  familyId: string;
  issuedAt: number;
  supersededAt: number | null;
  successorHash: string | null;
}

interface MeetingTable {
  id: MeetingId;
  cellId: CellId;
  kind: MeetingKind;
  title: string;
  startsAt: number;
  phase: MeetingPhase;
  chairId: PersonId | null;
  deputyChairId: PersonId | null;
  clerkId: PersonId | null;
}

interface DemoPersonTable {
  personId: PersonId;
}

interface PinTable {
  personId: PersonId;
  hash: string;
  setAt: number;
}

interface AttendanceOutcomeTable {
  meetingId: MeetingId;
  personId: PersonId;
  /** When the meeting was opened. */
  at: number;
  outcome: PastMeeting['outcome'];
}

interface AlarmAcknowledgementTable {
  personId: PersonId;
  meetingId: MeetingId;
  /** The alarm's key. */
  alarm: string;
  since: number;
  at: number;
}

export interface DirectoryTables {
  organizations: OrganizationTable;
  cells: CellTable;
  sites: SiteTable;
  people: PersonTable;
  memberships: MembershipTable;
  superiorAssignments: SuperiorAssignmentTable;
  administrators: AdministratorTable;
  accounts: AccountTable;
  oneTimeCodes: OneTimeCodeTable;
  refreshFamilies: RefreshFamilyTable;
  refreshTokens: RefreshTokenTable;
  meetings: MeetingTable;
  demoPeople: DemoPersonTable;
  pins: PinTable;
  attendanceOutcomes: AttendanceOutcomeTable;
  alarmAcknowledgements: AlarmAcknowledgementTable;
  observations: ObservationTable;
  visitPlans: VisitPlanTable;
  visits: VisitTable;
  visitFolds: VisitFoldTable;
}
