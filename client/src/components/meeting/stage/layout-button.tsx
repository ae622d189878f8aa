import { ActionIcon } from '@mantine/core';
import { IconBuildingCommunity, IconLayoutGrid, IconUserSquare } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import type { Layout } from './stage-view.ts';

export const layoutIcons = {
  speaker: IconUserSquare,
  grid: IconLayoutGrid,
  site: IconBuildingCommunity,
} as const;

interface LayoutButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color' | 'disabled'> {
  readonly layout: Layout;
}

/** Says how the stage is laid out; its menu changes it. */
export function LayoutButton({ layout, ...button }: LayoutButtonProps) {
  const t = useMediaText();
  const Icon = layoutIcons[layout];
  return (
    <ActionIcon
      {...button}
      size={44}
      variant="default"
      aria-label={`${t('stage.layout')}: ${t(`stage.${layout}`)}`}
      data-testid="layout"
    >
      <Icon size={22} />
    </ActionIcon>
  );
}
