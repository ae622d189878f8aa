import { Button } from '@mantine/core';
import { IconAlertTriangle, IconAntennaBars5 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import { Banner } from '../chrome/banner.tsx';
import classes from './devices.module.css';

/** Milliseconds for which "later" holds, and for which a line must be good before pictures are offered again. */
const laterHolds = 3 * 60_000;
const goodFor = 30_000;

/** @returns whether the line has been good long enough to offer pictures again. */
function useGoodAgain(level: string | undefined): 'yes' | 'no' {
  const [good, setGood] = useState<'yes' | 'no'>('no');
  useEffect(() => {
    setGood('no');
    if (level !== 'good') return;
    const timer = setTimeout(() => setGood('yes'), goodFor);
    return () => clearTimeout(timer);
  }, [level]);
  return good;
}

/** Offers less where the line is weak, with one sentence of why, and what was given up when it is good again. */
export function LineOffer() {
  const { quality, mode, changeMode } = useMedia();
  const { as } = useRoom();
  const t = useMediaText();
  const level = useReadable(quality)?.level;
  const [later, setLater] = useState(0);
  const [lowered, setLowered] = useState<'byOffer' | 'byChoice'>('byChoice');
  const good = useGoodAgain(mode === 'audio' ? level : undefined);
  if (good === 'yes' && lowered === 'byOffer') {
    const raise = () => {
      setLowered('byChoice');
      changeMode('full');
    };
    return (
      <Banner
        tone="calm"
        icon={<IconAntennaBars5 size={20} aria-hidden />}
        testId="line-better"
        action={
          <span className={classes.offerActions}>
            <Button mih={44} onClick={raise}>
              {t('offer.toFull')}
            </Button>
            <Button mih={44} variant="default" onClick={() => setLowered('byChoice')}>
              {t('offer.later')}
            </Button>
          </span>
        }
      >
        {t('offer.better')}
      </Banner>
    );
  }
  const next = mode === 'full' ? 'audio' : mode === 'audio' && as.kind !== 'terminal' ? 'data' : null;
  if (level !== 'poor' || next === null || performance.now() < later) return null;
  const lower = () => {
    setLowered('byOffer');
    changeMode(next);
  };
  return (
    <Banner
      tone="warning"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      testId="line-offer"
      action={
        <span className={classes.offerActions}>
          <Button mih={44} onClick={lower}>
            {t(next === 'audio' ? 'offer.toAudio' : 'offer.toData')}
          </Button>
          <Button mih={44} variant="default" onClick={() => setLater(performance.now() + laterHolds)}>
            {t('offer.later')}
          </Button>
        </span>
      }
    >
      {t(`offer.${next}`)}
    </Banner>
  );
}
