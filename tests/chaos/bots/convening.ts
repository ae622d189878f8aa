import { asId, type CellId, type MeetingId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import { call } from '../../support/api.ts';
import { memberPassword } from '../../support/members.ts';
import type { Participant } from './participant.ts';

/** The vote's least time is a second here: a clock that goes wrong shows in it, and rounds are short. */
const minimumVote = 1;
/** Has the committee set the least time of votes. */
export async function shortenVotes(url: string): Promise<void> {
  const { accessToken: token } = await call(url, 'login', {
    body: { name: 'quantri', password: memberPassword },
  });
  const { organizations } = await call(url, 'administration', { token });
  const organizationId = organizations[0]?.id;
  if (organizationId === undefined) throw new Error('no organization');
  await call(url, 'updateOrganization', {
    token,
    params: { organizationId },
    body: { settings: { minimumVote } },
  });
}

/** Creates meetings that begin now, each with the cell's hall, counted by its teller: the third member. */
export async function summonMeetings(
  url: string,
  cellId: CellId,
  members: readonly { readonly personId: PersonId; readonly token: string }[],
  count: number,
): Promise<{ readonly siteId: SiteId; readonly meetingIds: readonly MeetingId[] }> {
  const [secretary, clerk, teller] = members;
  if (!secretary || !clerk || !teller) throw new Error('too few members');
  const { token } = secretary;
  const { sites } = await call(url, 'cell', { token, params: { cellId } });
  const siteId = sites[0]?.id;
  if (siteId === undefined) throw new Error('the cell has no site');
  const meetingIds: MeetingId[] = [];
  for (let number = 1; number <= count; number += 1) {
    const { meetingId } = await call(url, 'createMeeting', {
      token,
      body: {
        cellId,
        kind: 'regular',
        title: `Sinh hoạt thường kỳ ${number}`,
        startsAt: Date.now(),
        sites: [{ siteId, method: 'byTeller', responsibleId: teller.personId }],
        clerkId: clerk.personId,
      },
    });
    meetingIds.push(asId<MeetingId>(meetingId));
  }
  return { siteId: asId<SiteId>(siteId), meetingIds };
}

/** Brings everybody in, two of them into the hall, opens the meeting and completes the roll call. */
export async function convene(
  participants: readonly Participant[],
  site: SiteId,
  teller: PersonId,
): Promise<void> {
  const [chair, clerk, third, fourth] = participants;
  if (!chair || !clerk || !third || !fourth) throw new Error('too few members');
  await chair.must({ type: 'summonMeeting' });
  const inHall = new Set([third, fourth]);
  await Promise.all(
    participants.map((participant) => {
      const place = inHall.has(participant)
        ? ({ mode: 'onSite', site } as const)
        : ({ mode: 'remote' } as const);
      return participant.must({ type: 'checkIn', place });
    }),
  );
  await chair.must({ type: 'openMeeting' });
  await clerk.must({ type: 'nameTeller', site, person: teller });
  await clerk.must({ type: 'confirmSiteRollCall', site });
  await clerk.must({ type: 'completeRollCall' });
}
