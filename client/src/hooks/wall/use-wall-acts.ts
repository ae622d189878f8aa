import type { MeetingId } from '@diemcau/shared/ids.ts';
import { attendedLimit, type WallAlarm, type WallOutcome } from '@diemcau/shared/protocol/wall.ts';
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useWallText } from './use-wall-text.ts';
import { useWall } from './wall.ts';

/** What a superior does on the wall; refusals are said in words as they come. */
export interface WallActs {
  /** @returns the meetings that are attended now. */
  readonly attend: (meetings: readonly MeetingId[]) => Promise<readonly MeetingId[]>;
  readonly leave: (meetings: readonly MeetingId[]) => Promise<void>;
  readonly acknowledge: (meeting: MeetingId, alarms: readonly WallAlarm[]) => Promise<void>;
  /** @returns whether the words have reached every chair. */
  readonly message: (meetings: readonly MeetingId[], text: string) => Promise<'sent' | 'refused'>;
  /** Hears one meeting, or none. */
  readonly listen: (meeting: MeetingId | null) => Promise<void>;
}

export function useWallActs(): WallActs {
  const { client } = useWall();
  const t = useWallText();
  return useMemo(() => {
    const refuse = (message: string, id = message) =>
      notifications.show({ id, title: t('refused'), message, color: 'orange', autoClose: 8000 });
    const nameOf = (meeting: MeetingId) => client.entries.at(meeting).get()?.cellName ?? '';
    const sayRefused = (outcomes: readonly WallOutcome[]) => {
      for (const outcome of outcomes) {
        if (outcome.ok) continue;
        refuse(t('attending.refused', { cell: nameOf(outcome.meetingId), message: outcome.message }));
      }
    };
    return {
      attend: async (meetings) => {
        const fresh = meetings.filter((meeting) => client.entries.at(meeting).get()?.attended !== true);
        const room = attendedLimit - client.attended().length;
        if (room < fresh.length) refuse(t('attending.tooMany', { limit: attendedLimit }), 'tooMany');
        const wanted = fresh.slice(0, Math.max(0, room));
        if (wanted.length === 0) return meetings.filter((meeting) => !fresh.includes(meeting));
        const answer = await client.attend(wanted);
        if (!answer.ok) {
          refuse(answer.message);
          return [];
        }
        sayRefused(answer.value);
        return client.attended();
      },
      leave: async (meetings) => {
        const answer = await client.leave(meetings);
        if (answer.ok) sayRefused(answer.value);
        else refuse(answer.message);
      },
      acknowledge: async (meeting, alarms) => {
        const answer = await client.acknowledge(meeting, alarms);
        if (!answer.ok) refuse(answer.message);
      },
      message: async (meetings, text) => {
        const answer = await client.message(meetings, text);
        if (!answer.ok) {
          refuse(answer.message);
          return 'refused';
        }
        const failed = answer.value.filter(({ ok }) => !ok);
        for (const outcome of failed) {
          if (outcome.ok) continue;
          refuse(t('message.failed', { cell: nameOf(outcome.meetingId), message: outcome.message }));
        }
        const count = answer.value.length - failed.length;
        if (count > 0) notifications.show({ message: t('message.sent', { count }), color: 'green' });
        return failed.length === 0 ? 'sent' : 'refused';
      },
      listen: async (meeting) => {
        const answer = await client.focus(meeting);
        if (!answer.ok && answer.code !== 'tryAgain') refuse(answer.message);
      },
    };
  }, [client, t]);
}
