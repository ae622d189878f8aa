import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconEye } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useOtherMeetings } from '../../../hooks/meeting/use-other-meetings.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useWallText } from '../../../hooks/wall/use-wall-text.ts';
import { Banner } from './banner.tsx';

/** What a superior sees all the time: that they are seen; and the way to another cell in session (SUP1). */
export function SuperiorBanner() {
  const { state, give } = useRoom();
  const t = useText();
  const wall = useWallText();
  const others = useOtherMeetings(state.facts?.meetingId ?? null);
  const navigate = useNavigate();
  const go = async (meetingId: string) => {
    await give({ type: 'leaveAsSuperior' });
    void navigate(`/hop/${meetingId}`, { state: { attend: 'now' } });
  };
  return (
    <Banner
      tone="accent"
      icon={<IconEye size={20} aria-hidden />}
      testId="superior-you"
      action={
        <>
          <Button component={Link} to="/man-hinh-du" variant="default" mih={44}>
            {wall('openness.wall')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" mih={44} rightSection={<IconChevronDown size={18} />}>
                {t('superior.switch')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.length === 0 && <Menu.Label>{t('superior.noOther')}</Menu.Label>}
              {others.map((meeting) => (
                <Menu.Item key={meeting.id} mih={48} onClick={() => void go(meeting.id)}>
                  {meeting.cellName}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      <strong>{t('superior.you', { cell: state.facts?.cellName ?? '' })}.</strong> {t('superior.youHint')}
    </Banner>
  );
}
