import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { useLateOpening } from '../../late-menu.tsx';
import { LayoutButton, layoutIcons } from './layout-button.tsx';
import { type Layout, layouts } from './stage-view.ts';

/** The ways to lay out the stage. */
export function LayoutMenu({
  layout,
  onLayout,
}: {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}) {
  const t = useMediaText();
  const { button, opened, onChange } = useLateOpening();
  return (
    <Menu position="bottom-end" opened={opened} onChange={onChange}>
      <Menu.Target>
        <LayoutButton ref={button} layout={layout} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('stage.layout')}</Menu.Label>
        {layouts.map((name) => {
          const Sign = layoutIcons[name];
          return (
            <Menu.Item
              key={name}
              mih={48}
              leftSection={<Sign size={20} aria-hidden />}
              rightSection={name === layout ? <IconCheck size={18} aria-hidden /> : null}
              aria-current={name === layout}
              onClick={() => onLayout(name)}
              data-testid={`layout-${name}`}
            >
              {t(`stage.${name}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
