import { NativeSelect } from '@mantine/core';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { DeviceKind, LocalMedia } from '../../../media/local-media.ts';

interface DevicePickerProps {
  readonly local: LocalMedia;
  readonly kind: DeviceKind;
}

/** Which camera, microphone or speaker; nothing where there is nothing to choose. */
export function DevicePicker({ local, kind }: DevicePickerProps) {
  const t = useMediaText();
  const devices = useReadable(local.devices);
  const chosen = useReadable(local.chosen);
  // Browsers list their own choice once more under this name.
  const known = devices.filter((device) => device.kind === kind && device.id !== 'default');
  if (known.length === 0) return null;
  const there = known.some(({ id }) => id === chosen[kind]);
  return (
    <NativeSelect
      label={t(`devices.${kind}`)}
      value={there ? (chosen[kind] ?? '') : ''}
      onChange={(event) => void local.choose(kind, event.currentTarget.value)}
      data={[
        { value: '', label: t('devices.browserChoice') },
        ...known.map(({ id, label }, index) => ({
          value: id,
          label:
            label === '' ? t('devices.unnamed', { kind: t(`devices.${kind}`), number: index + 1 }) : label,
        })),
      ]}
      data-testid={`choose-${kind}`}
    />
  );
}
