import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { attendanceOf, placeOf } from '@diemcau/shared/domain/presence.ts';
import { roomNeed } from '@diemcau/shared/domain/room-need.ts';
import { IconDoor, IconVideoOff } from '@tabler/icons-react';
import { useMay, useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useLocale } from '../../../hooks/meeting/use-text.ts';
import { Banner } from '../chrome/banner.tsx';

/** An item in person only: to the remote why the picture is gone and until when; to the chair whether a vote can pass (AGD5, AGD8). */
export function InPersonBanner() {
  const { state, as } = useRoom();
  const t = useConductText();
  const locale = useLocale();
  const may = useMay();
  const myself = useMyself();
  const item = currentItem(state);
  if (!item?.inPersonOnly) return null;
  const place = myself === null ? null : placeOf(attendanceOf(state, myself).presence);
  const inRoom = as.kind === 'terminal' || place?.mode === 'onSite';
  const back =
    item.startedAt === null || item.minutes === 0
      ? null
      : timeOfDay(item.startedAt - item.spent + item.minutes * 60_000, locale);
  const half = roomNeed(state, 'resolution');
  const thirds = roomNeed(state, 'admission');
  return (
    <>
      <Banner
        tone="warning"
        icon={inRoom ? <IconDoor size={20} aria-hidden /> : <IconVideoOff size={20} aria-hidden />}
        testId="in-person"
      >
        {inRoom ? t('agenda.cutRoom') : t('agenda.cut', { title: item.title })}{' '}
        {back !== null && t('agenda.cutBack', { time: back })}
      </Banner>
      {may('openVote') && (
        <Banner
          tone={half.reach === 'short' || thirds.reach === 'short' ? 'warning' : 'calm'}
          icon={<IconDoor size={20} aria-hidden />}
          testId="room-need"
        >
          {t('agenda.need', {
            half: half.need,
            denominator: half.denominator,
            thirds: thirds.need,
            all: thirds.denominator,
            inRoom: half.inRoom,
          })}{' '}
          {half.reach === 'short' && t('agenda.needShort')}
        </Banner>
      )}
    </>
  );
}
