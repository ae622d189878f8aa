import { useMedia } from '../../../hooks/meeting/media.ts';
import { DeviceNewsSaid } from './device-news.tsx';

/** Says what happens to the own devices by themselves while the meeting goes on. */
export function OwnDevices() {
  const { local } = useMedia();
  return local === null ? null : <DeviceNewsSaid local={local} />;
}
