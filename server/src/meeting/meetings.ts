import { asId, type CommandId, type PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { MeetingsPort, SummoningMaterial } from '../directory/summoning.ts';
import type { MeetingRegistry } from './registry.ts';

/** The directory's way to make meetings. Ids of the commands follow from the meeting's, so trying again doubles nothing. */
export function meetingsPort(registry: MeetingRegistry): MeetingsPort {
  return {
    async create(material: SummoningMaterial, summonedBy: PersonId): Promise<Result<null>> {
      const { meetingId } = material.facts;
      const id = (step: string) => asId<CommandId>(`${step}:${meetingId}`);
      const created = await registry.create(meetingId, id('create'), { type: 'createMeeting', ...material });
      if (!created.ok) return created;
      const room = await registry.room(meetingId);
      const summoned = await room?.submit({ kind: 'person', person: summonedBy }, id('summon'), {
        type: 'summonMeeting',
      });
      return summoned && !summoned.ok ? summoned : ok(null);
    },
  };
}
