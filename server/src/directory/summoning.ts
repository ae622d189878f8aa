import type { AgendaPlan } from '@diemcau/shared/domain/agenda-item.ts';
import type { CommandData } from '@diemcau/shared/domain/commands.ts';
import type { CountingMethod, MeetingKind, RollEntry } from '@diemcau/shared/domain/roster.ts';
import { asId, type CellId, type MeetingId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import { cellEntry, sitesOfCell } from './cells.ts';
import type { DirectoryDatabase } from './database.ts';
import { type Member, roster } from './members.ts';
import { pathUp, rulesOf } from './organizations.ts';
import { unguessable } from './shape.ts';

/** What a meeting is created from: the cell as the directory knows it at this moment. */
export type SummoningMaterial = CommandData['createMeeting'];

/** Where meetings are made. */
export interface MeetingsPort {
  /** Creates and summons the meeting, durably, before it answers. */
  create(material: SummoningMaterial, summonedBy: PersonId): Promise<Result<null>>;
}

/** What the secretary says; everything else of the meeting follows from the directory. */
export interface MeetingWish {
  readonly cellId: CellId;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly startsAt: number;
  readonly sites: readonly {
    readonly siteId: SiteId;
    readonly method: CountingMethod;
    readonly responsibleId: PersonId | null;
  }[];
  readonly chairId: PersonId;
  readonly deputyChairId: PersonId | null;
  readonly clerkId: PersonId;
}

/**
 * Builds what a meeting is created from.
 * @returns `siteUnknown` for a site of another cell, `officeHolderUnknown` for a chair, deputy, clerk or responsible
 * person who isn't on the cell's roll, or who is suspended.
 */
export async function summoningMaterial(
  db: DirectoryDatabase,
  wish: MeetingWish,
  agenda: readonly AgendaPlan[],
  meetingId: MeetingId = asId<MeetingId>(unguessable()),
): Promise<Result<SummoningMaterial>> {
  const cell = await cellEntry(db, wish.cellId);
  if (!cell) return refused('notFound');
  const members = await roster(db, wish.cellId);
  const able = new Set(
    members.filter((entry) => entry.standing !== 'suspended').map((entry) => entry.personId),
  );
  const named = [
    wish.chairId,
    wish.clerkId,
    wish.deputyChairId,
    ...wish.sites.map((site) => site.responsibleId),
  ];
  if (named.some((id) => id !== null && !able.has(id))) return refused('officeHolderUnknown');

  const known = new Map((await sitesOfCell(db, wish.cellId)).map((site) => [site.id, site]));
  const sites = [];
  for (const { siteId, method, responsibleId } of wish.sites) {
    const site = known.get(siteId);
    if (!site) return refused('siteUnknown');
    sites.push({ id: siteId, name: site.name, isMain: site.isMain, method, responsible: responsibleId });
  }
  const committee = (await pathUp(db, cell.organizationId))[0];
  return ok({
    facts: {
      meetingId,
      cellId: cell.id,
      cellName: cell.name,
      cellType: cell.type,
      committeeName: committee?.committeeName ?? '',
      kind: wish.kind,
      title: wish.title,
      startsAt: wish.startsAt,
      rules: await rulesOf(db, cell.organizationId),
    },
    roll: rollOf(members),
    sites,
    officers: { chair: wish.chairId, deputyChair: wish.deputyChairId, clerk: wish.clerkId },
    agenda,
  });
}

/** The roll as the meeting keeps it; people of the same name are told apart by birth year and group (ID1). */
function rollOf(members: readonly Member[]): RollEntry[] {
  const bearers = Map.groupBy(members, (member) => member.name);
  return members.map((member) => ({
    person: member.personId,
    name: member.name,
    label:
      (bearers.get(member.name)?.length ?? 0) > 1
        ? [member.birthYear === null ? null : `sinh ${member.birthYear}`, member.partyGroup]
            .filter((part) => part !== null)
            .join(', ') || null
        : null,
    standing: member.standing,
    office: member.office,
    group: member.partyGroup,
    groupOffice: member.groupOffice,
    specialDuty: member.specialDuty,
    detained: member.detained,
  }));
}
