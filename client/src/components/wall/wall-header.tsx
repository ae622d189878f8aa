import { ActionIcon, Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useSums } from '../../hooks/wall/wall.ts';
import { LineChip } from '../shell/line.tsx';
import { LanguageSwitch, SchemeSwitch } from '../shell/preferences.tsx';
import classes from './header.module.css';

/** Title, and sums over all cells below: in session, present, votes open, alarms. */
export function WallHeader() {
  const t = useWallText();
  const sums = useSums();
  return (
    <header className={classes.header}>
      <ActionIcon component={Link} to="/" aria-label={t('home')} title={t('home')}>
        <IconArrowLeft aria-hidden />
      </ActionIcon>
      <h1 className={classes.title}>{t('title')}</h1>
      {sums !== null && (
        <dl className={classes.sums} aria-label={t('sums.label')} data-testid="wall-sums">
          <Sum label={t('sums.live')} value={String(sums.live)} />
          <Sum label={t('sums.coming')} value={String(sums.coming)} />
          <Sum
            label={t('sums.present')}
            value={t('sums.presentOf', { present: sums.present, summoned: sums.summoned })}
          />
          <Sum label={t('sums.votes')} value={String(sums.votesOpen)} />
          <Sum
            label={t('sums.alarms')}
            value={String(sums.alarmed)}
            look={sums.alarmed > 0 ? 'alarmed' : 'plain'}
          />
        </dl>
      )}
      <div className={classes.side}>
        <LineChip />
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </header>
  );
}

function Sum({
  label,
  value,
  look = 'plain',
}: {
  readonly label: string;
  readonly value: string;
  readonly look?: 'plain' | 'alarmed';
}) {
  return (
    <div className={classes.sum} data-look={look}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Jumps over the header to the tiles. */
export function SkipToTiles() {
  const t = useWallText();
  return (
    <Anchor href="#wall" className={classes.skip ?? ''}>
      {t('grid.label')}
    </Anchor>
  );
}
