import type { MeetingKind } from '@diemcau/shared/domain/roster.ts';
import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import { sitesOfCell } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { isOver, type MeetingIndex } from '../directory/meeting-index.ts';
import { type Member, roster } from '../directory/members.ts';
import { programme } from '../directory/programmes.ts';
import { type MeetingsPort, summoningMaterial } from '../directory/summoning.ts';
import { liveCells, organizations, type PlannedCell, usuallyLive } from './plan.ts';

const MINUTE = 60_000;
const ROUND = 5 * MINUTE;
const STALE = 12 * 60 * MINUTE;
/** A meeting that begins within this time is as good as on. */
const SOON = 30 * MINUTE;

interface Parts {
  readonly db: DirectoryDatabase;
  readonly index: MeetingIndex;
  readonly meetings: MeetingsPort;
  readonly now: () => number;
}

/** Who answers for the site at this place of the cell's list: leaders of the groups, then the committee. */
export function responsibleFor(members: readonly Member[], position: number): PersonId | null {
  const able = members.filter(
    (member) => member.standing === 'official' && member.office !== 'cellSecretary',
  );
  const leaders = able.filter((member) => member.groupOffice === 'groupLeader');
  const others = able.filter((member) => member.office !== null && member.groupOffice === null);
  const line = [...leaders, ...others, ...able];
  return line[position]?.personId ?? null;
}

/**
 * Gives each cell of the plan the meeting that it should have: some are on now, others come later. Where one is already on
 * or to come nothing is made, so a second start changes nothing and a start on the next day finds meetings again.
 * @param live how many cells have a meeting on now.
 */
export async function summonDemoMeetings(parts: Parts, live = usuallyLive): Promise<void> {
  const now = liveCells(live);
  for (const planned of organizations.flatMap((organization) => organization.cells)) {
    const meetingIn = now.has(planned) ? 0 : planned.meetingIn;
    if (meetingIn !== null) await summon(parts, planned, meetingIn);
  }
}

async function summon(
  { db, index, meetings, now }: Parts,
  planned: PlannedCell,
  meetingIn: number,
): Promise<void> {
  const cell = await db
    .selectFrom('cells')
    .where('name', '=', planned.name)
    .select(['id', 'type'])
    .executeTakeFirst();
  if (!cell) return;
  const known = await index.ofCells([cell.id]);
  const until = meetingIn === 0 ? now() + SOON : Number.POSITIVE_INFINITY;
  const isThere = known.some(
    ({ phase, startsAt }) => !isOver(phase) && startsAt > now() - STALE && startsAt <= until,
  );
  if (isThere) return;

  const startsAt = Math.floor(now() / ROUND) * ROUND + meetingIn * MINUTE;
  const kind: MeetingKind = planned.topic === undefined ? 'regular' : 'topic';
  const members = await roster(db, cell.id);
  const secretary = members.find((member) => member.office === 'cellSecretary');
  const clerk = members.find((member) => member.isClerk);
  if (!secretary || !clerk) return;
  const wish = {
    cellId: cell.id,
    kind,
    title: planned.topic ?? `Sinh hoạt thường kỳ tháng ${monthOf(startsAt)}`,
    startsAt,
    sites: await sitesWithMethods(db, cell.id, members),
    chairId: secretary.personId,
    deputyChairId: members.find((member) => member.office === 'deputySecretary')?.personId ?? null,
    clerkId: clerk.personId,
  };
  const material = await summoningMaterial(db, wish, programme(kind, cell.type));
  const created = material.ok ? await meetings.create(material.value, secretary.personId) : material;
  if (!created.ok) throw new Error(`The demonstration's meeting was refused: ${created.refusal.code}`);
  const { facts } = material.ok ? material.value : { facts: null };
  if (facts && !(await index.get(facts.meetingId))) {
    await index.upsert({
      id: facts.meetingId,
      cellId: cell.id,
      kind,
      title: facts.title,
      startsAt,
      phase: 'summoned',
      chairId: wish.chairId,
      deputyChairId: wish.deputyChairId,
      clerkId: wish.clerkId,
    });
  }
}

async function sitesWithMethods(db: DirectoryDatabase, cellId: CellId, members: readonly Member[]) {
  const sites = await sitesOfCell(db, cellId);
  return sites.map((site, position) => ({
    siteId: site.id,
    // The hall marks by name, the others are counted: both ways can be seen in one vote.
    method: site.isMain ? ('byName' as const) : ('byTeller' as const),
    responsibleId: responsibleFor(members, position),
  }));
}

function monthOf(time: number): number {
  return Number(
    new Intl.DateTimeFormat('en', { month: 'numeric', timeZone: 'Asia/Ho_Chi_Minh' }).format(time),
  );
}
