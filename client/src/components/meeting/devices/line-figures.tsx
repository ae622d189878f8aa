import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import type { LineState } from '../../../media/media-state.ts';
import classes from './devices.module.css';

const layers = ['small', 'medium', 'sharp'] as const;

function layerOf(spatialLayer: number | null): (typeof layers)[number] | 'none' {
  return spatialLayer === null ? 'none' : (layers[spatialLayer] ?? 'none');
}

/** The figures behind the word about one's own line. */
export function LineFigures({ line }: { readonly line: LineState }) {
  const t = useMediaText();
  const { roundTrip, lossIn, lossOut, spatialLayer, freezes, concealed } = line.figures;
  const share = (value: number | null) =>
    value === null ? t('line.unknown') : t('line.percent', { value: Math.round(value * 1_000) / 10 });
  return (
    <dl className={classes.figures} data-testid="line-figures">
      <dt>{t('line.roundTrip')}</dt>
      <dd>{roundTrip === null ? t('line.unknown') : t('line.milliseconds', { value: roundTrip })}</dd>
      <dt>{t('line.lossIn')}</dt>
      <dd>{share(lossIn)}</dd>
      <dt>{t('line.lossOut')}</dt>
      <dd>{share(lossOut)}</dd>
      <dt>{t('line.concealed')}</dt>
      <dd>{share(concealed)}</dd>
      <dt>{t('line.layer')}</dt>
      <dd>{t(`line.layers.${layerOf(spatialLayer)}`)}</dd>
      <dt>{t('line.freezes')}</dt>
      <dd>{freezes}</dd>
    </dl>
  );
}

/** Opens the page that tests the line, beside the meeting. */
export function LineTestLink() {
  const t = useMediaText();
  return (
    <Button
      component="a"
      href="/thu-duong-truyen"
      target="_blank"
      rel="noopener"
      variant="default"
      mih={48}
      leftSection={<IconActivity size={20} />}
    >
      {t('line.test')}
    </Button>
  );
}
