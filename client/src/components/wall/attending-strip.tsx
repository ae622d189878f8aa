import type { MeetingId } from '@diemcau/shared/ids.ts';
import { attendedLimit } from '@diemcau/shared/protocol/wall.ts';
import { Button, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useOwnMeetings } from '../../hooks/wall/use-own-meetings.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAttended, useEntries } from '../../hooks/wall/wall.ts';
import { isLive } from '../../store/wall-order.ts';
import classes from './header.module.css';

/** Always on top: where this superior attends openly, which cells know it, and whose figures are followed (SUP1, SUP7). */
export function AttendingStrip({ shown }: { readonly shown: readonly MeetingId[] }) {
  const t = useWallText();
  const desk = useDesk();
  const attended = useAttended();
  const entries = useEntries();
  const own = useOwnMeetings();
  const rest = [...entries.values()].filter(
    (entry) => isLive(entry) && !entry.attended && !own.has(entry.meetingId),
  );
  const all = rest.slice(0, Math.max(0, attendedLimit - attended.length)).map(({ meetingId }) => meetingId);
  const some = attended.length > 0;
  // Who attends is no mere follower.
  const followed = shown.filter(
    (meeting) => entries.get(meeting)?.attended === false && !own.has(meeting),
  ).length;
  return (
    <section
      className={classes.strip}
      data-attends={some ? 'some' : 'none'}
      aria-label={t('attending.names')}
      data-testid="wall-attending"
    >
      <IconEye size={22} aria-hidden />
      <span className={classes.stripText} role="status">
        <strong>{some ? t('attending.some', { count: attended.length }) : t('attending.none')}</strong>
        {'. '}
        {!some && t('attending.noneHint')}
        {followed > 0 && ` ${t(some ? 'attending.followsMore' : 'attending.follows', { count: followed })}`}
      </span>
      {some && <Names />}
      {all.length > 0 && (
        <Button
          variant={some ? 'default' : 'filled'}
          onClick={() => desk.ask({ kind: 'attend', meetings: all, after: 'stay' })}
          data-testid="attend-all"
        >
          {all.length === rest.length
            ? t('attending.attendAll', { count: all.length })
            : t('attending.attendFirst', { count: all.length })}
        </Button>
      )}
    </section>
  );
}

/** Which cells know, each with the way out. */
function Names() {
  const t = useWallText();
  const desk = useDesk();
  const attended = useAttended();
  const [opened, { close, toggle }] = useDisclosure(false);
  // The question stands alone: what it was asked from makes room for it.
  const leave = (meetings: readonly MeetingId[]) => {
    close();
    desk.ask({ kind: 'leave', meetings });
  };
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      withArrow
      width={460}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button variant="default" onClick={toggle} data-testid="attended-names">
          {t('attending.names')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text mb="xs">{t('attending.which')}</Text>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <div className={classes.namesList} tabIndex={0}>
          <ul className={classes.names}>
            {attended.map(({ meetingId, cellName }) => (
              <li key={meetingId}>
                <span>{cellName}</span>
                <Button
                  variant="subtle"
                  aria-label={t('attending.leaveNamed', { cell: cellName })}
                  onClick={() => leave([meetingId])}
                >
                  {t('attending.leave')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
        {attended.length > 1 && (
          <Button
            variant="default"
            mt="xs"
            onClick={() => leave(attended.map(({ meetingId }) => meetingId))}
            data-testid="leave-all"
          >
            {t('attending.leaveAll')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
