import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { CellDetails, Demo } from '@diemcau/shared/protocol/http.ts';
import { call } from '../../support/api.ts';

export type DemoMember = CellDetails['members'][number];

/** The demonstration's cell whose meeting is on, as its secretary knows it. */
export interface DemoCell {
  readonly name: string;
  readonly meetingId: MeetingId;
  readonly demo: Demo;
  readonly sites: CellDetails['sites'];
  readonly members: readonly DemoMember[];
  /** @returns the members that fit, none of them taken twice over all calls. */
  take(count: number, fits: (member: DemoMember) => boolean): readonly DemoMember[];
}

/** Reads the cell over HTTP: the browser's own pages show nobody all of this at once. */
export async function demoCell(url: string): Promise<DemoCell> {
  const demo = await call(url, 'demo', {});
  const chair = demo.groups.find(({ part }) => part === 'chair')?.entries[0];
  if (!chair) throw new Error('the demonstration has no chair');
  const { accessToken: token } = await call(url, 'demoLogin', {
    body: { enterAs: chair.enterAs, slot: 'test' },
  });
  const home = await call(url, 'home', { token });
  const meeting = home.now[0];
  if (!meeting) throw new Error('no meeting is on');
  const details = await call(url, 'cell', { token, params: { cellId: meeting.cellId } });
  const taken = new Set<DemoMember>();
  return {
    name: meeting.cellName,
    meetingId: meeting.id,
    demo,
    sites: [...details.sites].sort((a, b) => Number(b.isMain) - Number(a.isMain)),
    members: details.members,
    take(count, fits) {
      const found = details.members.filter((member) => !taken.has(member) && fits(member)).slice(0, count);
      if (found.length < count) throw new Error(`the cell has only ${found.length} such members`);
      for (const member of found) taken.add(member);
      return found;
    },
  };
}

/** An official member without any office, whom nobody else stands for. */
export function isOrdinary(member: DemoMember): boolean {
  return (
    member.standing === 'official' && member.office === null && !member.isClerk && member.groupOffice === null
  );
}
