import { call } from '../../support/api.ts';
import { type DemoCell, demoCell } from './demo-cell.ts';
import { handOf } from './hand.ts';

/**
 * The committee's times, in seconds, at the shortest that its settings take: a test waits for what really happens, but
 * need not wait as long as people do.
 */
export const swift = { chairGone: 10, reconnectGrace: 30, minimumVote: 3 } as const;

/** The demonstration's cell with a new meeting of two sites, created after the committee has set {@link swift}. */
export async function swiftCell(url: string): Promise<DemoCell> {
  const before = await demoCell(url);
  const tokenOf = async (part: 'administrator' | 'chair') => {
    const entry = before.demo.groups.find((group) => group.part === part)?.entries[0];
    if (!entry) throw new Error(`the demonstration has no ${part}`);
    const body = { enterAs: entry.enterAs, slot: 'swift' };
    return (await call(url, 'demoLogin', { body })).accessToken;
  };
  const administrator = await tokenOf('administrator');
  const { cells } = await call(url, 'administration', { token: administrator });
  const cell = cells.find(({ name }) => name === before.name);
  if (!cell) throw new Error('the administrator has another subtree');
  await call(url, 'updateOrganization', {
    token: administrator,
    params: { organizationId: cell.organizationId },
    body: { settings: swift },
  });
  const secretary = before.members.find(({ office }) => office === 'cellSecretary');
  const clerk = before.members.find(({ isClerk }) => isClerk);
  if (!secretary || !clerk) throw new Error('the cell has no officers');
  const token = await tokenOf('chair');
  const [meeting] = (await call(url, 'home', { token })).now;
  if (!meeting) throw new Error('no meeting is on');
  const hand = await handOf(url, before.meetingId, secretary.personId);
  await hand.does({ type: 'cancelMeeting', reason: 'Đặt lại lịch' });
  await hand.leave();
  await call(url, 'createMeeting', {
    token,
    body: {
      cellId: meeting.cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: Date.now(),
      sites: before.sites.slice(0, 2).map(({ id }) => ({ siteId: id, method: 'byName' as const })),
      clerkId: clerk.personId,
    },
  });
  return demoCell(url);
}
