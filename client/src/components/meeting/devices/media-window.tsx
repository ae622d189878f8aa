import { Modal } from '@mantine/core';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { LocalMedia } from '../../../media/local-media.ts';
import { ChoiceCards } from '../lobby/choice-cards.tsx';
import { DevicePicker } from './device-picker.tsx';
import { DeviceTrouble } from './device-trouble.tsx';
import classes from './devices.module.css';
import { LineFigures, LineTestLink } from './line-figures.tsx';
import { MicrophoneTrial } from './microphone-check.tsx';
import { SpeakerCheck } from './speaker-check.tsx';

function Modes() {
  const { mode, changeMode } = useMedia();
  const { as } = useRoom();
  const t = useMediaText();
  const choices =
    as.kind === 'terminal'
      ? [
          { value: 'full' as const, label: t('mode.hall'), hint: t('mode.fullHint') },
          { value: 'audio' as const, label: t('mode.audio'), hint: t('mode.hallAudio') },
        ]
      : (['full', 'audio', 'data'] as const).map((value) => ({
          value,
          label: t(`mode.${value}`),
          hint: t(`mode.${value}Hint`),
        }));
  return <ChoiceCards label={t('mode.title')} value={mode} choices={choices} onChange={changeMode} />;
}

function Line() {
  const { quality } = useMedia();
  const line = useReadable(quality);
  const t = useMediaText();
  return (
    <section className={classes.part}>
      <h3>{line === null ? t('line.title') : t(`line.${line.level}`)}</h3>
      {line !== null && <p className={classes.hint}>{t(`line.${line.level}Hint`)}</p>}
      {line !== null && <LineFigures line={line} />}
      <LineTestLink />
    </section>
  );
}

function Devices({ local }: { readonly local: LocalMedia }) {
  const { faults, mode } = useMedia();
  const t = useMediaText();
  return (
    <section className={classes.part}>
      <h3>{t('devices.title')}</h3>
      {faults.microphone !== null && (
        <DeviceTrouble
          source="microphone"
          fault={faults.microphone}
          onRetry={() => void local.turn('microphone', 'on')}
        />
      )}
      <DevicePicker local={local} kind="microphone" />
      <MicrophoneTrial local={local} />
      {mode === 'full' && faults.camera !== null && (
        <DeviceTrouble
          source="camera"
          fault={faults.camera}
          onRetry={() => void local.turn('camera', 'on')}
        />
      )}
      {mode === 'full' && <DevicePicker local={local} kind="camera" />}
      <SpeakerCheck local={local} />
    </section>
  );
}

interface MediaWindowProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** With what one takes part, how the line is, and which devices serve; changed while the meeting goes on. */
export function MediaWindow({ opened, onClose }: MediaWindowProps) {
  const { local, why } = useMedia();
  const t = useMediaText();
  const room = useText();
  const fixed = why !== null && why !== 'dataOnly' ? why : null;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('devices.open')}
      size="lg"
      closeButtonProps={{ 'aria-label': room('common.close') }}
    >
      <div className={classes.window} data-testid="media-window">
        {fixed === null ? <Modes /> : <p className={classes.hint}>{t(`why.${fixed}`)}</p>}
        {local !== null && <Line />}
        {local !== null && <Devices local={local} />}
      </div>
    </Modal>
  );
}
