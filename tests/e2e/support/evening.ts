import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { CellDetails } from '@diemcau/shared/protocol/http.ts';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import type { LayerCount } from '../../robots/robot-media.ts';
import { call } from '../../support/api.ts';
import { OwnHand } from './own-hand.ts';

type Member = CellDetails['members'][number];

/** One of the evening's meetings, with its chair at the socket. */
export interface LiveCell {
  readonly cellId: CellId;
  readonly name: string;
  readonly meetingId: MeetingId;
  readonly members: readonly Member[];
  readonly sites: CellDetails['sites'];
  readonly chair: OwnHand;
  readonly media: ParticipantMedia | null;
}

/** Many cells of the demonstration in session at once. */
export interface Evening {
  readonly superior: { readonly personId: PersonId; readonly name: string };
  /** An access token of the province's administrator. */
  readonly administrator: string;
  readonly cells: readonly LiveCell[];
  close(): Promise<void>;
}

/** @returns an access token of one of the demonstration's people. */
export async function tokenOf(url: string, personId: PersonId, slot = 'evening'): Promise<string> {
  const enterAs = { kind: 'person', personId } as const;
  return (await call(url, 'demoLogin', { body: { enterAs, slot } })).accessToken;
}

async function personOf(url: string, part: 'superior' | 'administrator') {
  const demo = await call(url, 'demo', {});
  const entry = demo.groups.find((group) => group.part === part)?.entries[0];
  if (entry?.enterAs.kind !== 'person') throw new Error(`the demonstration has no ${part}`);
  return { personId: entry.enterAs.personId, name: entry.name };
}

/** For cells of which the demonstration plans no meeting. */
async function summon(url: string, { id: cellId, members, sites }: CellDetails): Promise<MeetingId> {
  const secretary = members.find(({ office }) => office === 'cellSecretary');
  const clerk = members.find(({ isClerk }) => isClerk);
  if (!secretary || !clerk) throw new Error('a cell without secretary or clerk');
  const token = await tokenOf(url, secretary.personId);
  const { meetingId } = await call(url, 'createMeeting', {
    token,
    body: {
      cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: Date.now(),
      sites: sites.map(({ id: siteId }) => ({ siteId, method: 'byName' as const })),
      clerkId: clerk.personId,
    },
  });
  return meetingId;
}

async function openCell(
  url: string,
  details: CellDetails,
  meetingId: MeetingId,
  camera: LayerCount | 'off',
): Promise<LiveCell> {
  const secretary = details.members.find(({ office }) => office === 'cellSecretary');
  if (!secretary) throw new Error('a cell without a secretary');
  const chair = await OwnHand.of(url, meetingId, secretary.personId);
  const trouble: string[] = [];
  const media =
    camera === 'off'
      ? null
      : new ParticipantMedia(chair.attendant.client, { camera, onTrouble: (words) => trouble.push(words) });
  const answer = await chair.attendant.client.join({
    checkIn: { type: 'checkIn', place: { mode: 'remote' } },
    media: camera === 'off' ? 'unwanted' : 'wanted',
  });
  if (!answer.ok) throw new Error(`${details.name}: ${answer.message}`);
  await media?.settled;
  await chair.give({ type: 'openMeeting' });
  const { id: cellId, name, members, sites } = details;
  return { cellId, name, meetingId, members, sites, chair, media };
}

/**
 * Opens the meetings of the first so many cells below the demonstration's superior; each chair shows a camera, or none.
 * @param beforeMaking with it all meetings are new ones; called before each is made.
 */
export async function beginEvening(
  url: string,
  count: number,
  camera: LayerCount | 'off' = 'off',
  beforeMaking?: (index: number) => void,
): Promise<Evening> {
  const superior = await personOf(url, 'superior');
  const administrator = await personOf(url, 'administrator');
  const home = await call(url, 'home', { token: await tokenOf(url, superior.personId) });
  const token = await tokenOf(url, administrator.personId);
  const below = home.superiorOf.map(({ id, live, next }) => ({ id, meeting: (live ?? next)?.id ?? null }));
  // Those that have a meeting come first, the others get one.
  const first = beforeMaking ? -1 : 1;
  below.sort((a, b) => first * (Number(a.meeting === null) - Number(b.meeting === null)));
  if (below.length < count) throw new Error(`only ${below.length} cells`);
  const cells: LiveCell[] = [];
  for (const [index, { id: cellId, meeting }] of below.slice(0, count).entries()) {
    beforeMaking?.(index);
    const details = await call(url, 'cell', { token, params: { cellId } });
    cells.push(await openCell(url, details, meeting ?? (await summon(url, details)), camera));
  }
  return {
    superior,
    administrator: token,
    cells,
    close: async () => {
      for (const { chair, media } of cells) {
        media?.close();
        await chair.close();
      }
    },
  };
}
