import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { DeviceNews, LocalMedia } from '../../../media/local-media.ts';

const words = {
  replaced: { camera: 'news.replacedCamera', microphone: 'news.replacedMicrophone' },
  gone: { camera: 'news.goneCamera', microphone: 'news.goneMicrophone' },
  back: { camera: 'news.backCamera', microphone: 'news.backMicrophone' },
} as const;

const stays = { replaced: 8_000, gone: 15_000, back: 6_000, added: 15_000 } as const;

/** The lobby says it, or the room: not one after the other. */
const said = new WeakSet<DeviceNews>();

function useSaid(local: LocalMedia): (news: DeviceNews) => void {
  const t = useMediaText();
  return (news) => {
    const id = 'device-news';
    notifications.hide(id);
    if (news.kind !== 'added') {
      const label = news.kind === 'replaced' ? news.label : '';
      const message = t(words[news.kind][news.source], { label });
      notifications.show({ id, message, autoClose: stays[news.kind] });
      return;
    }
    const { kind, id: device, label } = news.device;
    if (kind === 'camera') return;
    const use = () => {
      notifications.hide(id);
      void local.choose(kind, device);
    };
    notifications.show({
      id,
      autoClose: stays.added,
      message: (
        <>
          <p>{t(kind === 'speaker' ? 'news.addedSpeaker' : 'news.addedMicrophone', { label })}</p>
          <Button mih={44} onClick={use}>
            {t('news.use')}
          </Button>
        </>
      ),
    });
  };
}

/** Says once what has happened to a device by itself: pulled out, replaced, back, or newly there. */
export function DeviceNewsSaid({ local }: { readonly local: LocalMedia }) {
  const news = useReadable(local.news);
  const say = useSaid(local);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each news is said once, whatever language comes later
  useEffect(() => {
    if (news === null || said.has(news)) return;
    said.add(news);
    say(news);
  }, [news]);
  return null;
}
